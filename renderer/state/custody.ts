import { create } from 'zustand';
import type { Holding } from '../../shared/holding';
import type { IdentityId } from '../../shared/ids';

type Holdings = {
  readonly byIdentity: Readonly<Partial<Record<string, Holding>>>;
  /** Identities of which the last try to read it failed; what was known before stays. */
  readonly failed: ReadonlySet<string>;
};

/** Who keeps mail for each identity, and for whom it does. */
export const useHoldings = create<Holdings>()(() => ({ byIdentity: {}, failed: new Set() }));

const without = (failed: ReadonlySet<string>, identityId: IdentityId): ReadonlySet<string> =>
  new Set([...failed].filter((one) => one !== identityId));

/** Takes over what the core said of one identity. */
export const setHolding = (identityId: IdentityId, holding: Holding): void =>
  useHoldings.setState(({ byIdentity, failed }) => ({
    byIdentity: { ...byIdentity, [identityId]: holding },
    failed: without(failed, identityId),
  }));

/** Notes that it could not be read. */
export const setHoldingFailed = (identityId: IdentityId): void =>
  useHoldings.setState(({ failed }) => ({ failed: new Set([...failed, identityId]) }));

/** Forgets everything: the profile was locked. */
export const forgetHoldings = (): void => useHoldings.setState({ byIdentity: {}, failed: new Set() });
