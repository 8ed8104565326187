import type { CustodyOverview } from '../../shared/custody';
import type { IdentityId } from '../../shared/ids';
import { useCustodies } from '../state/custody';

/** Who keeps mail for an identity and for whom it does; undefined until it is read. */
export const useCustody = (identityId: IdentityId | undefined): CustodyOverview | undefined =>
  useCustodies(({ byIdentity }) => (identityId ? byIdentity[identityId] : undefined));

/** How many people wait to hear whether this identity keeps mail for them. */
export const useKeepingRequests = (identityId: IdentityId | undefined): number =>
  useCustody(identityId)?.clients.filter(({ state }) => state === 'asked').length ?? 0;

/** Whether the last try to read it failed. */
export const useCustodyFailed = (identityId: IdentityId): boolean =>
  useCustodies(({ failed }) => failed.has(identityId));
