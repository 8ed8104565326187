import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { bundleProgram } from '../../../testing/bundle-program';
import { campaign, campaignSeed } from '../../../testing/campaign';
import {
  agree,
  holderOf,
  knowsHolders,
  knowsTokens,
  makePerson,
  subjectsOf,
  verify,
  type CustodyPerson,
} from '../../../testing/custody-people';
import { KillRounds, type KillTally } from '../../../testing/kill-rounds';
import { KillableHolder, WatchedNetwork } from '../../../testing/killable-holder';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { MailLedger } from '../../../testing/mail-ledger';
import { SeededRandom } from '../../../testing/simulation/seeded-random';

const ROUNDS = campaign({ short: 12, long: 300 });
/** With so few rounds a kind of moment may not come up: then rounds go on until it does. */
const MOST_ROUNDS = 5 * ROUNDS;
/** Groups of people that run side by side: one waits for a process to start while another seals. */
const WORLDS = 2;
/** At least this share of the kills falls into each kind of moment; on average it is three times as many. */
const LEAST = Math.max(1, Math.floor(0.03 * ROUNDS));

const seed = campaignSeed();
const random = new SeededRandom(seed);
let program: string;
let network: WatchedNetwork;
let worlds: readonly World[] = [];

beforeAll(async () => {
  program = await bundleProgram('holder-process', { whole: true });
  network = await LoopbackNetwork.listen(new WatchedNetwork());
  worlds = await Promise.all(Array.from({ length: WORLDS }, (_, index) => makeWorld(random.fork(String(index)))));
});

afterAll(async () => {
  await Promise.all(worlds.map(remove));
  await network.stop();
  rmSync(program, { force: true });
});

type World = {
  readonly alice: CustodyPerson;
  readonly bob: CustodyPerson;
  readonly dave: CustodyPerson;
  readonly process: KillableHolder;
  readonly ledger: MailLedger;
  readonly rounds: KillRounds;
};

/** Dave holds for Bob, Alice knows it; then Bob goes away, and Dave goes on in a process of his own. */
async function makeWorld(random: SeededRandom): Promise<World> {
  const [alice, bob, dave] = (await Promise.all(['alice', 'bob', 'dave'].map((name) => makePerson(network, name)))) as [
    CustodyPerson,
    CustodyPerson,
    CustodyPerson,
  ];
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
  await tokensArrive({ alice, bob, dave });
  bob.core.onion.setOnline(false);
  await dave.core.stop();
  const ledger = new MailLedger(alice, bob);
  const process = new KillableHolder(network, {
    program,
    directory: dave.core.directory,
    onion: dave.own.onion,
    changed: () => {
      ledger.poke();
    },
  });
  await process.start();
  return {
    alice,
    bob,
    dave,
    process,
    ledger,
    rounds: new KillRounds({ sender: alice, recipient: bob, holder: dave, process, ledger, random }),
  };
}

/** Resolves when Dave takes what Alice may leave: his letter from Bob is another than hers, and may come later. */
async function tokensArrive({ alice, bob, dave }: Pick<World, 'alice' | 'bob' | 'dave'>): Promise<void> {
  // What the letter says is accepted after it was answered, and nothing tells of it.
  while (!knowsTokens(dave, { client: bob, sender: alice })) await new Promise((resolve) => setImmediate(resolve));
}

async function remove({ alice, bob, dave, process }: World): Promise<void> {
  await process.close();
  await Promise.all([alice.core.remove(), bob.core.remove()]);
  rmSync(dave.core.directory, { recursive: true, force: true });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Number of kills in the rarest kind of moment. */
function rarest(): number {
  const tallies = worlds.map(({ rounds }) => rounds.tally);
  const holding = (['before', 'inContent', 'unanswered', 'after'] as const).map((moment) =>
    sum(tallies.map((tally) => tally.holding[moment])),
  );
  const forwarding = (['before', 'inContent', 'taken'] as const).map((moment) =>
    sum(tallies.map((tally) => tally.forwarding[moment])),
  );
  return Math.min(...holding, ...forwarding);
}

/** Every message that was written is there, once each, and its sender knows. */
async function live({ rounds, ledger, bob, dave }: World): Promise<KillTally> {
  for (let round = 0; round < MOST_ROUNDS / WORLDS; round += 1) {
    if (round >= ROUNDS / WORLDS && rarest() >= LEAST) break;
    await rounds.round();
  }
  expect(await rounds.finish()).toMatchObject({ held: 0 });
  const all = ledger.all();
  expect(await subjectsOf(bob)).toEqual(all.map(({ subject }) => subject).sort());
  expect(all.filter(({ arrivals }) => arrivals !== 1)).toEqual([]);
  expect(all.filter(({ delivery }) => delivery.state !== 'delivered')).toEqual([]);
  expect(await holderOf(bob, dave)).toMatchObject({ faults: { missing: 0, expired: 0 } });
  return rounds.tally;
}

describe('a holder killed at random moments', () => {
  it(`loses and doubles nothing that it signed for, in ${String(ROUNDS)} rounds and more`, async () => {
    onTestFailed(() => {
      process.stdout.write(`POSTHORN_SEED=${seed}\n${worlds.map(({ rounds }) => rounds.state()).join('\n')}\n`);
    });
    const begun = performance.now();
    const tallies = await Promise.all(worlds.map(live));
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(
      `Kills of a holder in ${seconds.toFixed(0)} s: ${tallies.map((tally) => JSON.stringify(tally)).join(' ')}\n`,
    );
    expect(rarest()).toBeGreaterThanOrEqual(LEAST);
  });
});
