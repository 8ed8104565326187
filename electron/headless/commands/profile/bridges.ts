import { bridgeLineProblem } from '../../../../shared/bridge-line';
import { Settings } from '../../../../shared/settings';
import type { TorAbout } from '../../../../shared/tor-about';
import { offerProblem } from '../../../../shared/tor-about';
import { bridgeSettings } from '../../calls/bridge-settings';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { readInput } from '../../input/read-input';

const kinds = Settings.shape.builtInBridges;

/** `posthorn bridges`: how tor gets onto its network where that is blocked. */
export const bridges: Command = {
  usage: ['bridges', `bridges ${kinds.options.join('|')}`, 'bridges own  (lines from standard input, one each)'],
  summary: 'show or choose the bridges by which Tor gets onto its network',
  run: async (context) => {
    const [choice, ...more] = context.args;
    if (more.length > 0) throw new UsageError('Give one kind of bridges. Your own lines come from standard input.');
    if (choice !== undefined) await choose(context, choice);
    return show(context);
  },
};

async function choose({ core, input }: CommandContext, choice: string): Promise<void> {
  const settings = await core.call('settings.get', {});
  if (choice === 'own') {
    await core.call('settings.set', { ...settings, builtInBridges: 'none', bridges: await readLines(input) });
    return;
  }
  const kind = kinds.safeParse(choice);
  if (!kind.success) throw new UsageError(`Bridges are ${kinds.options.join(', ')} or own.`);
  await core.call('settings.set', { ...settings, ...bridgeSettings(kind.data, settings.bridges) });
}

async function readLines(input: NodeJS.ReadStream): Promise<string[]> {
  const rows = (await readInput(input)).split('\n').map((row) =>
    row
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/^bridge /i, ''),
  );
  for (const [index, row] of rows.entries()) {
    const problem = row === '' ? undefined : bridgeLineProblem(row);
    if (problem !== undefined) throw new UsageError(`Line ${String(index + 1)} ${problem}. Nothing was changed.`);
  }
  const lines = rows.filter((row) => row !== '');
  if (lines.length === 0)
    throw new UsageError('There was no line on standard input. To connect directly: posthorn bridges none');
  return lines;
}

async function show({ core, output }: CommandContext): Promise<number> {
  const { builtInBridges, bridges: lines } = await core.call('settings.get', {});
  const { tor } = await core.call('tor.about', {});
  const own = builtInBridges === 'none' ? lines : [];
  const state = own.length > 0 ? `own (${String(own.length)})` : builtInBridges;
  output.result({ builtIn: builtInBridges, own: lines, transports: tor?.transports ?? [] }, [
    `in use  ${state}`,
    ...own.map((line) => `        ${line}`),
    ...(tor === undefined ? [] : tor.transports.map(({ transport }) => offerLine(tor, transport))),
  ]);
  return exitStatus.ok;
}

function offerLine(tor: TorAbout, transport: TorAbout['transports'][number]['transport']): string {
  const recommended = tor.recommended === transport ? ' (recommended)' : '';
  return `${transport.padEnd(10)}${offerProblem(tor, transport) ?? `can be chosen${recommended}`}`;
}
