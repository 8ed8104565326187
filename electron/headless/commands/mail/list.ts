import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import type { IdentityId } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import { chooseIdentity } from '../../find/choose-identity';
import { findMailbox } from '../../find/find-mailbox';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { messageLine } from '../../lines/show-lines';

/** `posthorn list`: the newest messages of a mailbox, or those that hold some words. */
export const list: Command = {
  usage: ['list [MAILBOX] [--limit NUMBER]', 'list --search TEXT'],
  summary: 'list messages of the inbox or of another mailbox',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { limit: { type: 'string', default: '50' }, search: { type: 'string' } },
      allowPositionals: true,
    });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      throw new UsageError('--limit takes a number from 1 to 500.');
    const { id: identityId } = await chooseIdentity(context);
    const messages =
      values.search === undefined
        ? await newest(context.core, { identityId, name: positionals[0] ?? 'inbox', limit })
        : await context.core.call('messages.search', { identityId, text: values.search, limit });
    context.output.result(messages, messages.map(messageLine));
    return exitStatus.ok;
  },
};

async function newest(
  core: RpcClient,
  { identityId, name, limit }: { readonly identityId: IdentityId; readonly name: string; readonly limit: number },
): Promise<MessageSummary[]> {
  const { id: folder } = await findMailbox(core, identityId, name);
  return (await core.call('messages.page', { identityId, folder, limit })).messages;
}
