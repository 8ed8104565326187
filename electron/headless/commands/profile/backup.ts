import { parseArgs } from 'node:util';
import { contentsLines, saveBackup } from '../../input/backup-file';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { readPassphrase } from '../../input/read-passphrase';

/** `posthorn backup`: identities, keys, contacts and mail in one encrypted file. */
export const backup: Command = {
  usage: ['backup FILE [--without-mail]  < PASSPHRASE FOR THE BACKUP'],
  summary: 'write identities, keys, contacts and mail into one encrypted file',
  run: async ({ core, args, input, output }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'without-mail': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined) throw new UsageError('Give the file to write the backup into.');
    const passphrase = await readPassphrase(input);
    const { backupId, size, contents } = await core.call('backup.create', {
      passphrase,
      withMail: !values['without-mail'],
    });
    try {
      await saveBackup(core, { backupId, path });
    } finally {
      await core.call('backup.discard', { backupId });
    }
    output.result({ size, contents }, [`saved ${String(size)} octets`, ...contentsLines(contents)]);
    return exitStatus.ok;
  },
};
