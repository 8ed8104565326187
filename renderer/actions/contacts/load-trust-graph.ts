import type { IdentityId } from '../../../shared/ids';
import type { TrustGraph } from '../../../shared/trust';
import type { Services } from '../../state/services';

/** As many keys as the core draws at most. */
const MOST_KEYS = 5_000;

/** Asks the core for who vouches for whom around an identity, nearest keys first. Throws what the core threw. */
export const loadTrustGraph = ({ core }: Pick<Services, 'core'>, identityId: IdentityId): Promise<TrustGraph> =>
  core.call('trust.graph', { identityId, limit: MOST_KEYS });
