import type { BackupContents } from '../../../shared/backup';
import type { BackupId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { backupFileName } from '../../words/backup-words';
import { unlessAborted, whileFollowing, whileKept } from './carry-backup';
import type { Watching } from './carry-backup';

export type BackupOrder = Watching & { readonly passphrase: string; readonly withMail: boolean };
export type MadeBackup = { readonly size: number; readonly contents: BackupContents };

/**
 * Asks where to, makes a backup of the profile and writes it there. A file that was not finished does not stay. Throws
 * what the core or the desktop threw.
 * @returns what is in it, or nothing when the person cancelled
 */
export const makeBackup = async (services: Services, order: BackupOrder): Promise<MadeBackup | undefined> => {
  const { shell } = services;
  const { fileId } = await shell.call('files.create', { suggestedName: backupFileName(Date.now()) });
  if (fileId === undefined) return undefined;
  try {
    const made = await createInto(services, { ...order, fileId });
    await shell.call('files.finish', { fileId, keep: true });
    return made;
  } catch (error) {
    // The first error is the one that says why.
    await shell.call('files.finish', { fileId, keep: false }).catch(() => undefined);
    if (order.signal.aborted) return undefined;
    throw error;
  }
};

type IntoFile = BackupOrder & { readonly fileId: string };

const createInto = (
  services: Services,
  { passphrase, withMail, fileId, onMoment, signal }: IntoFile,
): Promise<MadeBackup> => {
  const create = () => services.core.call('backup.create', { passphrase, withMail });
  const opening = whileFollowing(
    services,
    { step: 'create', onMoment: (moment) => !signal.aborted && onMoment(moment) },
    create,
  );
  return whileKept(services, { opening, signal }, async ({ backupId, size, contents }) => {
    await copyInto(services, { backupId, size, fileId, onMoment, signal });
    return { size, contents };
  });
};

type Copying = Watching & { readonly backupId: BackupId; readonly size: number; readonly fileId: string };

const copyInto = async (
  { core, shell }: Services,
  { backupId, size, fileId, onMoment, signal }: Copying,
): Promise<void> => {
  for (let offset = 0; ;) {
    onMoment({ step: 'save', bytes: offset, total: size });
    const piece = await unlessAborted(core.call('backup.read', { backupId, offset }), signal);
    if (piece.length === 0) return;
    await unlessAborted(shell.call('files.append', { fileId, piece }), signal);
    offset += piece.length;
  }
};
