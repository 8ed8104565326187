import { parseArgs } from 'node:util';
import { Freeable } from '../../../../shared/storage-use';
import { chooseIdentity } from '../../find/choose-identity';
import { storageLines } from '../../lines/storage-lines';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';

/** `posthorn storage`: what takes room on the disk, and a way to free it. */
export const storage: Command = {
  usage: ['storage', 'storage free requests|held|trash'],
  summary: 'what takes room on the disk; delete all requests, what is kept for others, or the trash',
  run: async (context) => {
    const { positionals } = parseArgs({ args: [...context.args], options: {}, allowPositionals: true });
    const [action, given] = positionals;
    if (action !== undefined && action !== 'free') throw new UsageError('Say nothing more, or: free.');
    const { id: identityId } = await chooseIdentity(context);
    const use =
      action === undefined
        ? await context.core.call('storage.view', { identityId })
        : await context.core.call('storage.free', { identityId, what: whatToFree(given) });
    context.output.result(use, storageLines(use));
    return exitStatus.ok;
  },
};

function whatToFree(given: string | undefined): Freeable {
  const what = Freeable.safeParse(given);
  if (what.success) return what.data;
  throw new UsageError('Say what to delete for good: requests, held or trash.');
}
