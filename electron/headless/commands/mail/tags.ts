import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import type { IdentityId } from '../../../../shared/ids';
import { TagColour, type Tag } from '../../../../shared/mailbox';
import { chooseIdentity } from '../../find/choose-identity';
import { findMessage } from '../../find/find-message';
import { plainLine } from '../../../../shared/text/plain-line';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

/** `posthorn tags`: the tags of an identity, and which messages have them. */
export const tags: Command = {
  usage: [
    'tags',
    'tags make NAME [--colour COLOUR]',
    'tags rename TAG NAME',
    'tags delete TAG',
    'tags set TAG MESSAGE-ID…',
    'tags unset TAG MESSAGE-ID…',
  ],
  summary: `list tags, make and delete them, and tag messages (colours: ${TagColour.options.join(', ')})`,
  run: async (context) => {
    const { positionals, values } = parseArgs({
      args: [...context.args],
      options: { colour: { type: 'string', default: 'blue' } },
      allowPositionals: true,
    });
    const [action = 'list', name, ...rest] = positionals;
    const { id: identityId } = await chooseIdentity(context);
    if (action !== 'list') await act(action, { context, identityId, name: named(name), rest, colour: values.colour });
    const all = await context.core.call('tags.list', { identityId });
    context.output.result(all, all.map(tagLine));
    return exitStatus.ok;
  },
};

type Asked = {
  readonly context: CommandContext;
  readonly identityId: IdentityId;
  readonly name: string;
  readonly rest: readonly string[];
  readonly colour: string;
};

async function act(action: string, asked: Asked): Promise<void> {
  const { context, identityId, name, rest } = asked;
  const { core } = context;
  if (action === 'make') {
    await core.call('tags.create', { identityId, name, colour: colourOf(asked.colour) });
    return;
  }
  const { keyword } = await findTag(core, identityId, name);
  if (action === 'rename') await core.call('tags.update', { identityId, keyword, name: named(rest[0]) });
  else if (action === 'delete') await core.call('tags.delete', { identityId, keyword });
  else if (action === 'set' || action === 'unset') {
    const change = action === 'set' ? { add: [keyword], remove: [] } : { add: [], remove: [keyword] };
    for (const id of rest) {
      const { detail } = await findMessage(context, id);
      await core.call('messages.setKeywords', { identityId, messageIds: [detail.summary.id], ...change });
    }
  } else throw new UsageError('Say nothing more, or: make, rename, delete, set, unset.');
}

function named(name: string | undefined): string {
  if (name !== undefined) return name;
  throw new UsageError('Say the name of the tag.');
}

function colourOf(text: string): TagColour {
  const colour = TagColour.safeParse(text);
  if (colour.success) return colour.data;
  throw new UsageError(`A colour is one of ${TagColour.options.join(', ')}.`);
}

async function findTag(core: RpcClient, identityId: IdentityId, text: string): Promise<Tag> {
  const wanted = text.normalize('NFC').toLowerCase();
  const all = await core.call('tags.list', { identityId });
  const found = all.find(({ keyword, name }) => keyword === wanted || name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new UsageError('There is no tag of this name. `posthorn tags` lists them.');
}

function tagLine({ keyword, name, colour }: Tag): string {
  return `${plainLine(name)}  ${colour}  ${keyword}`;
}
