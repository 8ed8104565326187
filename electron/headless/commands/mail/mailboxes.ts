import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import type { IdentityId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import { present } from '../../../../shared/present';
import { chooseIdentity } from '../../find/choose-identity';
import { findMailbox, mailboxPath } from '../../find/find-mailbox';
import { plainLine } from '../../../../shared/text/plain-line';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';

/** `posthorn mailboxes`: the mailboxes of an identity, and what can be done with one's own. */
export const mailboxes: Command = {
  usage: [
    'mailboxes',
    'mailboxes make NAME [--in MAILBOX]',
    'mailboxes rename MAILBOX NAME',
    'mailboxes move MAILBOX [--in MAILBOX]',
    'mailboxes delete MAILBOX',
    'mailboxes empty MAILBOX',
  ],
  summary: 'list mailboxes; make, rename, move and delete your own (their mail goes to the trash)',
  run: async (context) => {
    const { positionals, values } = parseArgs({
      args: [...context.args],
      options: { in: { type: 'string' } },
      allowPositionals: true,
    });
    const [action = 'list', name, newName] = positionals;
    const { id: identityId } = await chooseIdentity(context);
    const { value, line } = await act(action, {
      core: context.core,
      identityId,
      name,
      newName,
      parent: values.in,
    });
    const all = await context.core.call('mailboxes.list', { identityId });
    context.output.result(value ?? all, line === undefined ? all.map((mailbox) => mailboxLine(all, mailbox)) : [line]);
    return exitStatus.ok;
  },
};

type Asked = {
  readonly core: RpcClient;
  readonly identityId: IdentityId;
  readonly name: string | undefined;
  readonly newName: string | undefined;
  readonly parent: string | undefined;
};
/** `line`: absent when all mailboxes are to be shown. */
type Done = { readonly value?: unknown; readonly line?: string };

const actions = new Map<string, (asked: Asked) => Promise<Done>>([
  ['list', () => Promise.resolve({})],
  [
    'make',
    async (asked) => {
      const parentId = await parentOf(asked);
      const name = named(asked.name);
      return shown(asked, await asked.core.call('mailboxes.create', { ...of(asked), name, ...present({ parentId }) }));
    },
  ],
  [
    'rename',
    async (asked) => {
      const { id: mailboxId } = await mailboxOf(asked);
      const name = named(asked.newName);
      return shown(asked, await asked.core.call('mailboxes.rename', { ...of(asked), mailboxId, name }));
    },
  ],
  [
    'move',
    async (asked) => {
      const { id: mailboxId } = await mailboxOf(asked);
      const parentId = await parentOf(asked);
      return shown(
        asked,
        await asked.core.call('mailboxes.move', { ...of(asked), mailboxId, ...present({ parentId }) }),
      );
    },
  ],
  [
    'delete',
    async (asked) => {
      const { id: mailboxId } = await mailboxOf(asked);
      const value = await asked.core.call('mailboxes.delete', { ...of(asked), mailboxId });
      return { value, line: `deleted; ${String(value.moved)} messages are in the trash` };
    },
  ],
  [
    'empty',
    async (asked) => {
      const { id: mailbox } = await mailboxOf(asked);
      const value = await asked.core.call('mailboxes.empty', { ...of(asked), mailbox });
      return { value, line: `${String(value.messages)} messages` };
    },
  ],
]);

async function act(action: string, asked: Asked): Promise<Done> {
  const run = actions.get(action);
  if (run === undefined) throw new UsageError(`Say nothing more, or: ${[...actions.keys()].join(', ')}.`);
  return run(asked);
}

const of = ({ identityId }: Asked) => ({ identityId });

function named(name: string | undefined): string {
  if (name !== undefined) return name;
  throw new UsageError('Say what the mailbox is to be called.');
}

async function mailboxOf({ core, identityId, name }: Asked): Promise<MailboxSummary> {
  if (name === undefined) throw new UsageError('Say which mailbox: a path as `posthorn mailboxes` shows it.');
  return findMailbox(core, identityId, name);
}

async function parentOf({ core, identityId, parent }: Asked): Promise<MailboxSummary['id'] | undefined> {
  return parent === undefined ? undefined : (await findMailbox(core, identityId, parent)).id;
}

async function shown({ core, identityId }: Asked, mailbox: MailboxSummary): Promise<Done> {
  const all = await core.call('mailboxes.list', { identityId });
  return { value: mailbox, line: mailboxLine(all, mailbox) };
}

function mailboxLine(all: readonly MailboxSummary[], mailbox: MailboxSummary): string {
  const { id, messages, unseen } = mailbox;
  return `${id}  ${plainLine(mailboxPath(all, mailbox))}  ${String(messages)} messages, ${String(unseen)} unread`;
}
