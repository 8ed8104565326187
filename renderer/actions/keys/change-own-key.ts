import type { Identity } from '../../../shared/identity';
import type { IdentityId, MailAddress, Timestamp } from '../../../shared/ids';
import type { KeyPolicy, RevocationReason } from '../../../shared/key-life';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

type Of = { readonly identityId: IdentityId };

/** Says how the keys of an identity age. Shows the core’s sentence when it refused. */
export const setKeyPolicy = async (
  { core }: Services,
  { identityId, policy }: Of & { readonly policy: KeyPolicy },
): Promise<boolean> =>
  (await tryOrTell(() => core.call('identities.setKeyPolicy', { identityId, policy }))) !== undefined;

/** Lets the key that others get carry the certifications of others, or not. */
export const showVouchers = async (
  { core }: Services,
  { identityId, shown }: Of & { readonly shown: boolean },
): Promise<void> => {
  await tryOrTell(() => core.call('identities.showVouchers', { identityId, shown }));
};

/** Sets when the key expires; null: never. Throws what the core threw. */
export const renewKey = async (
  { core }: Services,
  { identityId, expiresAt }: Of & { readonly expiresAt: Timestamp | null },
): Promise<void> => {
  await core.call('identities.renewKey', { identityId, expiresAt });
  showToast({ text: 'Your key is renewed' });
};

/** Changes the encryption key now. */
export const rotateSubkey = async ({ core }: Services, { identityId }: Of): Promise<void> => {
  if (await tryOrTell(() => core.call('identities.rotateSubkey', { identityId })))
    showToast({ text: 'Your encryption key is changed' });
};

/** A new OpenPGP key under the same address. Throws what the core threw. */
export const replaceKey = async ({ core, mirror }: Services, { identityId }: Of): Promise<Identity> => {
  const identity = await core.call('identities.replaceKey', { identityId });
  await mirror.identities.put(identity);
  showToast({ text: 'Your key is replaced' });
  return identity;
};

export type Revocation = Of & { readonly reason: RevocationReason; readonly confirmAddress: MailAddress };

/** Declares the key invalid for ever. Throws what the core threw. */
export const revokeKey = async ({ core }: Services, revocation: Revocation): Promise<void> => {
  await core.call('identities.revokeKey', { ...revocation });
  showToast({ text: 'Your key is revoked' });
};
