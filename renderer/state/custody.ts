import { create } from 'zustand';
import type { CustodyOverview } from '../../shared/custody';
import type { IdentityId } from '../../shared/ids';

type Custodies = {
  readonly byIdentity: Readonly<Partial<Record<string, CustodyOverview>>>;
  /** Identities of which the last try to read it failed; what was known before stays. */
  readonly failed: ReadonlySet<string>;
};

/** Who keeps mail for each identity, and for whom it does. */
export const useCustodies = create<Custodies>()(() => ({ byIdentity: {}, failed: new Set() }));

const without = (failed: ReadonlySet<string>, identityId: IdentityId): ReadonlySet<string> =>
  new Set([...failed].filter((one) => one !== identityId));

/** Takes over what the core said of one identity. */
export const setCustody = (identityId: IdentityId, holding: CustodyOverview): void =>
  useCustodies.setState(({ byIdentity, failed }) => ({
    byIdentity: { ...byIdentity, [identityId]: holding },
    failed: without(failed, identityId),
  }));

/** Notes that it could not be read. */
export const setCustodyFailed = (identityId: IdentityId): void =>
  useCustodies.setState(({ failed }) => ({ failed: new Set([...failed, identityId]) }));

/** Forgets everything: the profile was locked. */
export const forgetCustodies = (): void => useCustodies.setState({ byIdentity: {}, failed: new Set() });
