import type { Holding } from '../../shared/holding';
import type { IdentityId } from '../../shared/ids';
import { useHoldings } from '../state/custody';

/** Who keeps mail for an identity and for whom it does; undefined until it is read. */
export const useHolding = (identityId: IdentityId | undefined): Holding | undefined =>
  useHoldings(({ byIdentity }) => (identityId ? byIdentity[identityId] : undefined));

/** How many people wait to hear whether this identity keeps mail for them. */
export const useKeepingRequests = (identityId: IdentityId | undefined): number =>
  useHolding(identityId)?.clients.filter(({ state }) => state === 'asked').length ?? 0;

/** Whether the last try to read it failed. */
export const useHoldingFailed = (identityId: IdentityId): boolean =>
  useHoldings(({ failed }) => failed.has(identityId));
