import type { OwnCard } from '../../../shared/card';
import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';

/**
 * An identity's own card. Throws what the core threw.
 * @param withCode for the screen only: with the one-time code by which the first mail of whoever scans it proves the
 *   scan
 */
export const ownCard = (
  { core }: Pick<Services, 'core'>,
  { identityId, withCode }: { readonly identityId: IdentityId; readonly withCode: boolean },
): Promise<OwnCard> => core.call('cards.own', { identityId, withCode });
