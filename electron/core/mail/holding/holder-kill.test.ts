import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { agree, holderOf, knowsHolders, makePerson, subjectsOf, verify, type HoldingPerson } from '../../testing/holding-people';
import { KillRounds, type KillTally } from '../../testing/kill-rounds';
import { KillableHolder, WatchedNetwork } from '../../testing/killable-holder';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { SeededRandom } from '../../testing/simulation/seeded-random';

const ROUNDS = Number(process.env['POSTHORN_KILL_ROUNDS'] ?? 300);
/** Side by side, each with people of its own: one waits for a process to start while another seals. */
const WORLDS = 2;
/** A kill that is drawn falls into each kind of moment at least so often, of a hundred. */
const LEAST_SHARE = 0.03;

const seed = process.env['POSTHORN_KILL_SEED'] ?? randomUUID();
const program = join(process.cwd(), 'node_modules/.cache', `holder-${String(process.pid)}.mjs`);
let network: WatchedNetwork;

beforeAll(async () => {
  await build({
    entryPoints: ['electron/core/testing/holder-process.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    packages: 'external',
    define: { __PRODUCTION__: 'false' },
  });
  network = await LoopbackNetwork.listen(new WatchedNetwork());
});

afterAll(async () => {
  await network.stop();
  rmSync(program, { force: true });
});

type World = { readonly alice: HoldingPerson; readonly bob: HoldingPerson; readonly dave: HoldingPerson; readonly process: KillableHolder; readonly rounds: KillRounds };

/** Dave holds for Bob, Alice knows it; then Bob goes away, and Dave goes on in a process of his own. */
async function makeWorld(random: SeededRandom): Promise<World> {
  const [alice, bob, dave] = (await Promise.all(['alice', 'bob', 'dave'].map((name) => makePerson(network, name)))) as [HoldingPerson, HoldingPerson, HoldingPerson];
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
  bob.core.onion.setOnline(false);
  await dave.core.stop();
  const process = new KillableHolder(network, { program, directory: dave.core.directory, onion: dave.own.onion });
  await process.start();
  return { alice, bob, dave, process, rounds: new KillRounds({ sender: alice, recipient: bob, holder: dave, process, random }) };
}

async function removeWorld({ alice, bob, dave, process }: World): Promise<void> {
  await process.close();
  await Promise.all([alice.core.remove(), bob.core.remove()]);
  rmSync(dave.core.directory, { recursive: true, force: true });
}

/** All that was written is there, once each, and its sender knows. */
async function live(random: SeededRandom, count: number): Promise<KillTally> {
  const world = await makeWorld(random);
  const { rounds, bob, dave } = world;
  for (let round = 0; round < count; round += 1) await rounds.round();
  expect(await rounds.finish()).toMatchObject({ held: 0 });
  const all = rounds.ledger.all();
  expect(await subjectsOf(bob)).toEqual(all.map(({ subject }) => subject).sort());
  expect(all.filter(({ arrivals }) => arrivals !== 1)).toEqual([]);
  expect(all.filter(({ delivery }) => delivery.state !== 'delivered')).toEqual([]);
  expect(await holderOf(bob, dave)).toMatchObject({ faults: { missing: 0, expired: 0 } });
  await removeWorld(world);
  return rounds.tally;
}

describe('a holder killed at random moments', () => {
  it(`loses and doubles nothing that it signed for, in ${String(ROUNDS)} rounds`, async () => {
    onTestFailed(() => { console.error(`POSTHORN_KILL_SEED=${seed}`); });
    const random = new SeededRandom(seed);
    const begun = performance.now();
    const tallies = await Promise.all(Array.from({ length: WORLDS }, (_, index) => live(random.fork(String(index)), Math.ceil((ROUNDS - index) / WORLDS))));
    const seconds = (performance.now() - begun) / 1000;
    console.log(`${String(ROUNDS)} kills in ${seconds.toFixed(0)} s:`, ...tallies.map((tally) => JSON.stringify(tally)));
    for (const { holding, forwarding } of tallies) {
      for (const hits of [...Object.values(holding), ...Object.values(forwarding)]) expect(hits).toBeGreaterThanOrEqual(Math.floor((LEAST_SHARE * ROUNDS) / WORLDS));
    }
  }, 300_000);
});
