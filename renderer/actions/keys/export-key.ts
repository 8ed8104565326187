import type { Identity } from '../../../shared/identity';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

/**
 * Saves the public key of an identity with its onion's certification, and the key that certified it, in one `.asc`
 * file.
 */
export const exportPublicKey = async ({ core, shell }: Services, identity: Identity): Promise<void> => {
  const saved = await tryOrTell(async () => {
    const { key, certifyingKey } = await core.call('identities.exportPublicKey', { identityId: identity.id });
    return save(
      { shell },
      `${localPartOf(identity.address)}-public.asc`,
      `${certifyingKey.trimEnd()}\n\n${key.trimEnd()}\n`,
    );
  });
  if (saved) showToast({ text: 'Public key saved' });
};

/** Saves the secret key, locked with the passphrase. False when the person cancelled. Throws what the core threw. */
export const exportSecretKey = async (
  { core, shell }: Services,
  { identity, passphrase }: { readonly identity: Identity; readonly passphrase: string },
): Promise<boolean> => {
  const { key } = await core.call('identities.exportSecretKey', { identityId: identity.id, passphrase });
  const saved = await save({ shell }, `${localPartOf(identity.address)}-secret.asc`, key);
  if (saved) showToast({ text: 'Secret key saved' });
  return saved;
};

const save = async ({ shell }: Pick<Services, 'shell'>, suggestedName: string, text: string): Promise<boolean> =>
  (await shell.call('files.save', { suggestedName, content: new TextEncoder().encode(text) })).saved;
