/**
 * `node dist/bench/sample.cjs DIR [--messages N] [--seed N] [--older]`: makes the profile of a person who does not
 * exist in DIR, says on standard error how far it is, and prints what is in it as JSON. `--older`: as version 12 of the
 * database kept it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { makeOlder } from './sample/make-older';
import { makeSample } from './sample/make-sample';

async function run(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      messages: { type: 'string', default: '500' },
      seed: { type: 'string', default: '7' },
      older: { type: 'boolean', default: false },
    },
  });
  const [directory] = positionals;
  const [messages, seed] = [Number(values.messages), Number(values.seed)];
  if (directory === undefined || !Number.isInteger(messages) || messages < 1 || !Number.isInteger(seed))
    throw new RangeError('sample DIR [--messages N] [--seed N], with whole numbers');
  const say = (line: string): void => void process.stderr.write(`posthorn: sample: ${line}\n`);
  const made = await makeSample({ directory, messages, seed, say });
  say(`${String(messages)} messages, ${made.rate.toFixed(0)} a second`);
  if (values.older) await makeOlder(directory);
  // By this file the commands know a profile that may be thrown away.
  writeFileSync(join(directory, 'sample.json'), JSON.stringify({ messages, seed }));
  process.stdout.write(`${JSON.stringify(made)}\n`);
}

// Whoever breaks it off gets the memory back that it was made in.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

run(process.argv.slice(2)).then(
  // Cores that were stopped leave nothing that must be waited for.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(1);
  },
);
