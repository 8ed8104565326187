import { contentsLines, requireGood, withBackup } from '../../input/backup-file';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { readPassphrases } from '../../input/read-passphrases';

/** `posthorn restore`: makes the profile of a Posthorn that was started with `--empty`. */
export const restore: Command = {
  usage: ['restore FILE  < PASSPHRASE OF THE BACKUP, AND ON THE NEXT LINE THE ONE FOR THE NEW PROFILE'],
  summary: 'make a new profile of a backup (start the program with --empty)',
  run: async ({ core, args, input, output }) => {
    const [path] = args;
    if (path === undefined) throw new UsageError('Give the file of the backup.');
    const [passphrase, profilePassphrase] = await readPassphrases(input, ['Of the backup:', 'For the new profile:']);
    const contents = requireGood(
      await withBackup(core, path, (backupId) =>
        core.call('backup.restore', { backupId, passphrase, profilePassphrase }),
      ),
    );
    output.result({ contents }, ['restored', ...contentsLines(contents)]);
    return exitStatus.ok;
  },
};
