import { parseArgs } from 'node:util';
import { Folder } from '../../../../shared/message';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { messageLine } from '../../lines/show-lines';

/** `posthorn list`: the newest messages of a folder, or those that hold some words. */
export const list: Command = {
  usage: ['list [FOLDER] [--limit NUMBER]', 'list --search TEXT'],
  summary: `list messages (folders: ${Folder.options.join(', ')})`,
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { limit: { type: 'string', default: '50' }, search: { type: 'string' } },
      allowPositionals: true,
    });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      throw new UsageError('--limit takes a number from 1 to 500.');
    const folder = Folder.safeParse(positionals[0] ?? 'inbox');
    if (!folder.success) throw new UsageError(`A folder is one of ${Folder.options.join(', ')}.`);
    const { id: identityId } = await chooseIdentity(context);
    const messages =
      values.search === undefined
        ? (await context.core.call('messages.page', { identityId, folder: folder.data, limit })).messages
        : await context.core.call('messages.search', { identityId, text: values.search, limit });
    context.output.result(messages, messages.map(messageLine));
    return exitStatus.ok;
  },
};
