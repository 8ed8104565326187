import { parseArgs } from 'node:util';
import type { IdentityId, MailAddress, MessageId } from '../../../../shared/ids';
import type { ListInvitation, MailingListView } from '../../../../shared/mailing-lists/list-view';
import { present } from '../../../../shared/present';
import { plainLine } from '../../../../shared/text/plain-line';
import { chooseIdentity } from '../../find/choose-identity';
import { findContact } from '../../find/find-contact';
import { isGiven } from '../../find/is-given';
import { readInput } from '../../input/read-input';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

/** `posthorn lists`: mailing lists without a server. */
export const lists: Command = {
  usage: [
    'lists',
    'lists make NAME',
    'lists invite LIST ADDRESS',
    'lists accept LIST',
    'lists decline LIST',
    'lists post LIST [--subject TEXT] [--reply-to MESSAGE]  < TEXT',
    'lists members LIST',
    'lists leave LIST',
    'lists remove LIST ADDRESS',
  ],
  summary: 'mailing lists without a server: make one, invite contacts, post, leave; posts lie in a mailbox of the list',
  run: async (context) => {
    const { positionals, values } = parseArgs({
      args: [...context.args],
      options: { subject: { type: 'string', default: '' }, 'reply-to': { type: 'string' } },
      allowPositionals: true,
    });
    const [action = 'list', name, who] = positionals;
    const run = actions.get(action);
    if (!run) throw new UsageError(`Say nothing more, or: ${[...actions.keys()].join(', ')}.`);
    const { id: identityId } = await chooseIdentity(context);
    const { subject, 'reply-to': answered } = values;
    const { value, lines } = await run({ context, identityId, name, who, subject, ...present({ answered }) });
    context.output.result(value, lines);
    return exitStatus.ok;
  },
};

type Asked = {
  readonly context: CommandContext;
  readonly identityId: IdentityId;
  readonly name: string | undefined;
  readonly who: string | undefined;
  readonly subject: string;
  readonly answered?: string;
};
type Done = { readonly value: unknown; readonly lines: readonly string[] };

const actions = new Map<string, (asked: Asked) => Promise<Done>>([
  [
    'list',
    async ({ context, identityId }) => {
      const all = await context.core.call('lists.list', { identityId });
      const invitations = await context.core.call('lists.invitations', { identityId });
      return { value: { lists: all, invitations }, lines: [...all.map(listLine), ...invitations.map(invitationLine)] };
    },
  ],
  [
    'make',
    async ({ context, identityId, name }) => {
      if (name === undefined) throw new UsageError('Say what the list is to be called.');
      const value = await context.core.call('lists.create', { identityId, name });
      return { value, lines: [`made ${value.list}`] };
    },
  ],
  [
    'invite',
    async (asked) => {
      const { context, identityId } = asked;
      const { id: list } = await listOf(asked);
      const { id: contactId } = await findContact(context, identityId, asked.who);
      const value = await context.core.call('lists.invite', { identityId, list, contactId });
      return { value, lines: ['invited'] };
    },
  ],
  ['accept', (asked) => answer(asked, true)],
  ['decline', (asked) => answer(asked, false)],
  [
    'post',
    async (asked) => {
      const { context, identityId, subject, answered } = asked;
      const { id: list } = await listOf(asked);
      const text = await readInput(context.input);
      const inReplyTo = answered as MessageId | undefined;
      const value = await context.core.call('lists.post', {
        identityId,
        list,
        subject,
        text,
        ...present({ inReplyTo }),
      });
      return { value, lines: ['posted'] };
    },
  ],
  [
    'members',
    async (asked) => {
      const { members } = await listOf(asked);
      return { value: members, lines: members.map(({ address, role }) => `${address}  ${role}`) };
    },
  ],
  [
    'leave',
    async (asked) => {
      const { context, identityId } = asked;
      const { id: list } = await listOf(asked);
      return { value: await context.core.call('lists.leave', { identityId, list }), lines: ['left; its mail is kept'] };
    },
  ],
  [
    'remove',
    async (asked) => {
      const { context, identityId } = asked;
      const view = await listOf(asked);
      const address = memberOf(view, asked.who);
      const value = await context.core.call('lists.remove', { identityId, list: view.id, address });
      return { value, lines: ['removed'] };
    },
  ],
]);

async function answer({ context, identityId, name }: Asked, accepts: boolean): Promise<Done> {
  const invitations = await context.core.call('lists.invitations', { identityId });
  const { id: invitation } = named(invitations, name, ({ list }) => list);
  const value = await context.core.call('lists.answer', { identityId, invitation, accepts });
  const joined = 'accepted; whoever invited you takes you onto the list when they hear of it';
  return { value, lines: [accepts ? joined : 'declined'] };
}

async function listOf({ context, identityId, name }: Asked): Promise<MailingListView> {
  return named(await context.core.call('lists.list', { identityId }), name, ({ id }) => id);
}

/** By its name, or by the first letters of its id, which no other list has. */
function named<T extends { readonly name: string }>(
  all: readonly T[],
  given: string | undefined,
  idOf: (one: T) => string,
): T {
  if (given === undefined) throw new UsageError('Say which list: its name, or the first letters of its id.');
  const byName = all.filter(({ name }) => name === given);
  const [found, ...others] = byName.length > 0 ? byName : all.filter((one) => idOf(one).startsWith(given));
  if (!found) throw new UsageError('There is no such list.');
  if (others.length > 0) throw new UsageError('Several lists are called so. Give the first letters of the id.');
  return found;
}

function memberOf({ members }: MailingListView, given: string | undefined): MailAddress {
  const found = members.find(({ address }) => given !== undefined && isGiven(given, address));
  if (!found) throw new UsageError('Give the address of a member.');
  return found.address;
}

function listLine({ id, name, standing, members }: MailingListView): string {
  return `${id.slice(0, 8)}  ${plainLine(name)}  ${standing}, ${String(members.length)} members`;
}

function invitationLine({ list, name, from, expiresAt }: ListInvitation): string {
  const until = new Date(expiresAt).toISOString().slice(0, 10);
  return `${list.slice(0, 8)}  ${plainLine(name)}  invited by ${from}, until ${until}`;
}
