import type { BackupOutcome } from '../../../shared/backup';
import type { Services } from '../../state/services';
import { sendFile, whileFollowing, whileKept } from './carry-backup';
import type { Watching } from './carry-backup';

export type Restoring = Watching & {
  readonly file: File;
  /** Of the backup. */
  readonly passphrase: string;
  /** For this computer. */
  readonly profilePassphrase: string;
};

/**
 * Makes this computer’s new profile of a backup and unlocks it. It can be stopped until all of the file is read. Throws
 * what the core threw.
 * @returns nothing when the person stopped it
 */
export const restoreBackup = async (
  services: Services,
  { file, passphrase, profilePassphrase, onMoment, signal }: Restoring,
): Promise<BackupOutcome | undefined> => {
  if (file.size === 0) return { outcome: 'refused', problem: 'not-a-backup' };
  try {
    return await whileKept(
      services,
      { opening: services.core.call('backup.open', { size: file.size }), signal },
      async ({ backupId }) => {
        await sendFile(services, { backupId, file, onMoment, signal });
        const restore = () => services.core.call('backup.restore', { backupId, passphrase, profilePassphrase });
        return await whileFollowing(services, { step: 'restore', onMoment }, restore);
      },
    );
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
};
