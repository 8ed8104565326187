import { cp, mkdtemp, rm, statfs } from 'node:fs/promises';
import type { IdentityColour } from '../../shared/identity';
import type { Clock } from '../../electron/core/ports/runtime';
import { EventBus } from '../../electron/core/runtime/event-bus';
import { systemClock } from '../../electron/core/runtime/system-clock';
import { systemRandom } from '../../electron/core/runtime/system-random';
import { openProfile } from '../../electron/core/store/vault/profile';
import { LoopbackNetwork } from '../../electron/core/testing/loopback-onion';
import { makeTestCore } from '../../electron/core/testing/make-test-core';
import type { TestCore } from '../../electron/core/testing/make-test-core';
import type { MadeRing } from '../graph/make-ring';
import { makeRing } from '../graph/make-ring';
import { fillMailboxes } from './fill-mailboxes';
import { meetPeople } from './meet-people';
import { planMail } from './plan-mail';
import type { PlannedPeople } from './plan-people';
import { planPeople } from './plan-people';
import { playScenes } from './play-scenes';
import { Actor } from './sample-cast';
import type { SampleIdentity } from './sample-contents';
import { contentsOf } from './sample-contents';

export type SampleOptions = {
  /** Where the profile is made; must not hold one yet. */
  readonly directory: string;
  /** Received and sent ones together. What the scenes add, some 15, comes on top. */
  readonly messages: number;
  readonly seed: number;
  /** Told what is being done, in words for a person. */
  readonly say: (line: string) => void;
};

export type MadeSample = {
  readonly identities: readonly SampleIdentity[];
  /** Of the planned messages. */
  readonly messages: number;
  /** Planned messages stored in a second. */
  readonly rate: number;
};

/** The passphrase of every sample: what is in one is made up, and nobody has to remember it. */
export const samplePassphrase = 'sample profile';

const ownIdentities: readonly { localPart: string; label: string; colour: IdentityColour }[] = [
  { localPart: 'nora', label: 'Private', colour: 'blue' },
  { localPart: 'n.lind', label: 'Work', colour: 'teal' },
  { localPart: 'choir', label: 'Choir board', colour: 'amber' },
];

/** More than two dozen people make a list to scroll, more than a few hundred nothing new to see. */
const peopleFor = (messages: number): number => Math.min(208, Math.max(26, Math.round(messages / 10)));
const DAY_MS = 24 * 60 * 60_000;
/** Everything in a sample happened three days ago, so that what ends within a day has ended when it is looked at. */
const AGE_MS = 3 * DAY_MS;
const then: Clock = { now: () => Date.now() - AGE_MS, setTimer: systemClock().setTimer };
/** Octets of one stored message with its search words and wire copy, generously. */
const ROOM_OF_A_MESSAGE = 40_000;

/**
 * Makes a profile of a person who does not exist, with real cores and the real store, without a network: three
 * identities, people of thirteen languages with keys, their mail, and the scenes of `play-scenes`. Names, texts, files,
 * dates (counted back from now) and the people's addresses follow from the seed; keys do not.
 */
export async function makeSample(options: SampleOptions): Promise<MadeSample> {
  const place = await fastPlace(options);
  try {
    const made = await makeAt({ ...options, directory: place.directory });
    await place.finish();
    return made;
  } finally {
    await place.leave();
  }
}

/**
 * Thousands of commits are synced one by one; in memory that costs nothing. Without room there, the profile's place.
 */
async function fastPlace({
  directory,
  messages,
}: SampleOptions): Promise<{ directory: string; finish: () => Promise<void>; leave: () => Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve();
  const memory = await statfs('/dev/shm').catch(() => undefined);
  const room = memory === undefined ? 0 : memory.bavail * memory.bsize;
  if (room < messages * ROOM_OF_A_MESSAGE) return { directory, finish: nothing, leave: nothing };
  const scratch = await mkdtemp('/dev/shm/posthorn-sample-');
  return {
    directory: scratch,
    finish: () => cp(scratch, directory, { recursive: true }),
    leave: () => rm(scratch, { recursive: true, force: true }),
  };
}

async function makeAt({ directory, messages, seed, say }: SampleOptions): Promise<MadeSample> {
  const plan = planPeople(peopleFor(messages), seed);
  say(`${String(plan.people.length)} people and their keys …`);
  const ring = await ringOf(plan, seed);
  const network = await LoopbackNetwork.start();
  await withCore(network, directory, { isNew: true }, async (core) => {
    for (const identity of ownIdentities) await core.call('identities.create', identity);
  });
  const rate = await fill({ directory, messages, seed, plan, ring, say });
  say('contacts, requests, an introduction, people who are away …');
  const identities = await withCore(network, directory, { isNew: false }, async (core) => {
    const [first, ...others] = await core.call('identities.list', {});
    if (first === undefined) throw new Error('The sample has no identity');
    await meetPeople({ core, identities: [first, ...others], plan, ring });
    await playWithOthers(network, new Actor(core, first));
    return Promise.all([first, ...others].map((one) => contentsOf(core, one)));
  });
  await network.stop();
  return { identities, messages, rate };
}

const ringOf = ({ people, vouchings }: PlannedPeople, seed: number): Promise<MadeRing> =>
  makeRing(
    {
      people: people.map(({ localPart, role }) => ({
        localPart,
        role: role === 'introducer' || role === 'verified' ? role : 'other',
      })),
      vouchings,
    },
    seed,
    then.now() - DAY_MS,
  );

async function withCore<T>(
  network: LoopbackNetwork,
  directory: string,
  { isNew }: { isNew: boolean },
  action: (core: TestCore) => Promise<T>,
): Promise<T> {
  const core = await makeTestCore(network, { directory, profile: 'new', clock: then });
  try {
    await core.call(isNew ? 'profile.create' : 'profile.unlock', { passphrase: samplePassphrase });
    return await action(core);
  } finally {
    await core.stop();
  }
}

type Fill = SampleOptions & { readonly plan: PlannedPeople; readonly ring: MadeRing };

/** @returns messages stored in a second */
async function fill({ directory, messages, seed, plan, ring, say }: Fill): Promise<number> {
  const profile = openProfile({ directory, clock: then, random: systemRandom(), events: new EventBus() });
  try {
    const unlocked = await profile.unlock(samplePassphrase);
    if (unlocked.outcome !== 'unlocked') throw new Error('The sample cannot be unlocked');
    const started = performance.now();
    const identities = ownIdentities.length;
    let told = 0;
    await fillMailboxes({
      vault: unlocked.vault,
      mail: planMail({ messages, people: plan.people, identities, seed, now: then.now() }),
      addresses: ring.people.map(({ address }) => address),
      seed,
      onStored: (count) => {
        if (count < told + messages / 10) return;
        told = count;
        say(`${String(count)} of ${String(messages)} messages`);
      },
    });
    return messages / ((performance.now() - started) / 1_000);
  } finally {
    profile.close();
  }
}

async function playWithOthers(network: LoopbackNetwork, owner: Actor): Promise<void> {
  const others = await makeTestCore(network, { clock: then });
  const alone = await makeTestCore(network, { clock: then });
  try {
    await playScenes({ owner, others, alone, now: then.now() });
  } finally {
    await Promise.all([others.remove(), alone.remove()]);
  }
}
