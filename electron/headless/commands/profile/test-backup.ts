import { contentsLines, requireGood, withBackup } from '../../input/backup-file';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { readPassphrase } from '../../input/read-passphrase';

/** `posthorn test-backup`: really restores a backup, into a folder of its own, and reads all of it. */
export const testBackup: Command = {
  usage: ['test-backup FILE  < PASSPHRASE OF THE BACKUP'],
  summary: 'restore a backup on trial, read everything in it, and tell what is there',
  run: async ({ core, args, input, output }) => {
    const [path] = args;
    if (path === undefined) throw new UsageError('Give the file of the backup.');
    const passphrase = await readPassphrase(input);
    const contents = requireGood(
      await withBackup(core, path, (backupId) => core.call('backup.test', { backupId, passphrase })),
    );
    output.result({ contents }, ['this backup is good', ...contentsLines(contents)]);
    return exitStatus.ok;
  },
};
