import { parseArgs } from 'node:util';
import { LocalPart } from '../../../../shared/local-part';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { readInput } from '../../input/read-input';
import { identityLine } from '../../lines/show-lines';

/** `posthorn paper-key`: the onion seed as 24 words, and an identity from them. */
export const paperKey: Command = {
  usage: ['paper-key', 'paper-key restore LOCAL [--label TEXT]  < THE 24 WORDS'],
  summary: 'print the address’s key as 24 words for paper, or bring an address back from them',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { label: { type: 'string', default: '' } },
      allowPositionals: true,
    });
    const [action, name] = positionals;
    if (action === undefined) return print(context);
    if (action !== 'restore') throw new UsageError('Say nothing more to print the words, or: restore LOCAL.');
    const localPart = LocalPart.safeParse(name);
    if (!localPart.success) throw new UsageError('Give the part before the @ that the address had.');
    const words = await readInput(context.input);
    const identity = await context.core.call('identities.restoreFromPaper', {
      words,
      localPart: localPart.data,
      label: values.label,
      colour: 'blue',
    });
    context.output.result(identity, [identityLine(identity)]);
    return exitStatus.ok;
  },
};

async function print(context: CommandContext): Promise<number> {
  const { id, address } = await chooseIdentity(context);
  const { words } = await context.core.call('identities.paperKey', { identityId: id });
  context.output.result({ words }, [
    address,
    ...words.map((word, index) => `${String(index + 1).padStart(2)}. ${word}`),
  ]);
  return exitStatus.ok;
}
