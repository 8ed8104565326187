import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import type { KeyImport } from '../../../shared/key-life';
import { present } from '../../../shared/present';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';

/** Reads public keys with certifications out of a file. Throws what the core threw. */
export const importKeys = async (
  { core }: Services,
  { identityId, file }: { identityId: IdentityId; file: File },
): Promise<KeyImport> => core.call('keys.import', { identityId, content: new Uint8Array(await file.arrayBuffer()) });

export type KeyExport = {
  readonly identityId: IdentityId;
  readonly contact?: Contact | undefined;
  readonly withLocal: boolean;
};

/**
 * Saves the keys of one contact or of all in one `.asc` file. False when the person cancelled. Throws what the core
 * threw.
 */
export const exportKeys = async (
  services: Services,
  { identityId, contact, withLocal }: KeyExport,
): Promise<boolean> => {
  const { keys, count } = await services.core.call('keys.export', {
    identityId,
    withLocal,
    ...present({ contactIds: contact && [contact.id] }),
  });
  const saved = await saveText(
    services,
    `${contact === undefined ? 'contacts' : localPartOf(contact.address)}-public.asc`,
    keys,
  );
  if (saved) showToast({ text: count === 1 ? '1 key saved' : `${count} keys saved` });
  return saved;
};

/**
 * Saves what makes GnuPG believe the same: a key file, then the file for `--import-ownertrust`. False when the person
 * cancelled. Throws what the core threw.
 */
export const exportForGnupg = async (services: Services, identityId: IdentityId): Promise<boolean> => {
  const { keys, ownertrust } = await services.core.call('keys.exportForGnupg', { identityId });
  if (!(await saveText(services, 'posthorn-for-gnupg.asc', keys))) return false;
  const saved = await saveText(services, 'posthorn-ownertrust.txt', ownertrust);
  if (saved) showToast({ text: 'Keys and ownertrust saved' });
  return saved;
};

const saveText = async ({ shell }: Services, suggestedName: string, text: string): Promise<boolean> =>
  (await shell.call('files.save', { suggestedName, content: new TextEncoder().encode(text) })).saved;
