import type { BackupOutcome } from '../../../shared/backup';
import type { Services } from '../../state/services';
import { sendFile, unlessAborted, whileFollowing, whileKept } from './carry-backup';
import type { Watching } from './carry-backup';

export type BackupToTest = Watching & { readonly file: File; readonly passphrase: string };

/**
 * «Test my backup»: the core restores it into a scratch profile and says how that went. Throws what the core threw.
 * @returns nothing when the person cancelled
 */
export const testBackup = async (
  services: Services,
  { file, passphrase, onMoment, signal }: BackupToTest,
): Promise<BackupOutcome | undefined> => {
  if (file.size === 0) return { outcome: 'refused', problem: 'not-a-backup' };
  try {
    return await whileKept(
      services,
      { opening: services.core.call('backup.open', { size: file.size }), signal },
      async ({ backupId }) => {
        await sendFile(services, { backupId, file, onMoment, signal });
        const test = () => unlessAborted(services.core.call('backup.test', { backupId, passphrase }), signal);
        return await whileFollowing(services, { step: 'test', onMoment }, test);
      },
    );
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
};
