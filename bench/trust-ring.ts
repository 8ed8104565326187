/**
 * `node dist/bench/trust-ring.cjs PEOPLE SEED FILE`: writes a key ring of people who vouch for each other; prints who
 * they are as JSON.
 */
import { writeFileSync } from 'node:fs';
import { makeRing } from './graph/make-ring';
import { planRing } from './graph/ring-plan';

const DAY_MS = 24 * 60 * 60_000;

async function run([people, seed, file]: readonly string[]): Promise<void> {
  if (people === undefined || seed === undefined || file === undefined) throw new Error('trust-ring PEOPLE SEED FILE');
  const ring = await makeRing(planRing(Number(people), Number(seed)), Number(seed), Date.now() - DAY_MS);
  writeFileSync(file, ring.content);
  process.stdout.write(`${JSON.stringify(ring.people)}\n`);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
