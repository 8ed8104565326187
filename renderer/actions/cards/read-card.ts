import type { CardReading } from '../../../shared/card';
import type { ContactId, IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';

/** A card's text, for whom it was scanned, and whose it ought to be when the person chose somebody. */
export type CardToRead = {
  readonly identityId: IdentityId;
  readonly text: string;
  readonly expected?: ContactId | undefined;
};

/** Compares a card with what this identity knows; changes nothing. Throws what the core threw. */
export const readCard = (
  { core }: Pick<Services, 'core'>,
  { identityId, text, expected }: CardToRead,
): Promise<CardReading> =>
  core.call('cards.read', { identityId, text, ...(expected === undefined ? {} : { expected }) });
