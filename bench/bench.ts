/**
 * `npm run bench [-- [--small] receive|start|openpgp|graph|trust|mailbox|imap|holders|hostile ...]`: each benchmark
 * against something outside this project, in the same run. `--small` only shows in seconds that they work, `imap
 * --messages 100000` has so many messages in the mailbox.
 */
import { parseArgs } from 'node:util';
import { benchGraph } from './graph/graph-benchmark';
import { benchHolders } from './holders/holders-benchmark';
import { benchHostile } from './hostile/hostile-benchmark';
import { benchOpenpgp } from './openpgp/openpgp-benchmark';
import { benchImap } from './imap/imap-benchmark';
import { benchMailbox } from './mailbox/mailbox-benchmark';
import { benchReceive } from './receive/receive-benchmark';
import { reportText, type Section } from './report/report';
import { benchStart } from './start/start-benchmark';
import { benchTrust } from './trust/trust-benchmark';

const benchmarks = {
  receive: benchReceive,
  start: benchStart,
  openpgp: benchOpenpgp,
  trust: benchTrust,
  graph: benchGraph,
  mailbox: benchMailbox,
  imap: benchImap,
  holders: benchHolders,
  hostile: benchHostile,
} as const;
/** Too long to be run along with others. */
const onlyWhenAsked: readonly string[] = ['holders', 'hostile'];
type Name = keyof typeof benchmarks;

async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals: asked } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { small: { type: 'boolean', default: false }, messages: { type: 'string' } },
  });
  const { small } = values;
  const messages = Number(values.messages ?? Number.NaN);
  if (values.messages !== undefined && !(Number.isInteger(messages) && messages > 0))
    throw new Error('--messages is a whole number.');
  const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0)
    throw new Error(`There are the benchmarks ${Object.keys(benchmarks).join(', ')}, and no ${unknown.join(', ')}.`);
  const start = performance.now();
  const say = (text: string): void =>
    void process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
  const sections: Section[] = [];
  for (const name of Object.keys(benchmarks) as Name[]) {
    if (asked.length === 0 ? !onlyWhenAsked.includes(name) : asked.includes(name))
      sections.push(await benchmarks[name]({ say, small, ...(Number.isNaN(messages) ? {} : { messages }) }));
  }
  process.stdout.write(`\n${reportText(sections)}\n`);
}

bench(process.argv.slice(2)).then(
  // Cores that were measured leave nothing that must be waited for.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
