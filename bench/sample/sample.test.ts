import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoopbackNetwork } from '../../electron/core/testing/loopback-onion';
import type { TestCore } from '../../electron/core/testing/make-test-core';
import { makeTestCore } from '../../electron/core/testing/make-test-core';
import type { MadeSample } from './make-sample';
import { makeSample, samplePassphrase } from './make-sample';
import { Actor } from './sample-cast';
import type { SampleIdentity } from './sample-contents';
import { contentsOf } from './sample-contents';

/** A small sample, opened again as a person would open it, by a core that has nothing to do with how it was made. */
const folder = mkdtempSync(join(tmpdir(), 'posthorn-sample-'));
const directory = join(folder, 'profile');
let made: MadeSample;
let network: LoopbackNetwork;
let core: TestCore;

beforeAll(async () => {
  made = await makeSample({ directory, messages: 50, seed: 7, say: () => undefined });
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network, { directory, profile: 'new' });
  // Nothing of what waits in its outbox may leave while it is looked at.
  core.onion.setOnline(false);
  await core.call('profile.unlock', { passphrase: samplePassphrase });
});

afterAll(async () => {
  await core.stop();
  await network.stop();
  rmSync(folder, { recursive: true });
});

test('what was planned and played is there after it is opened again', async () => {
  const identities = await core.call('identities.list', {});
  const found = await Promise.all(identities.map((identity) => contentsOf(core, identity)));
  expect(found.map(({ messages }) => messages)).toEqual(made.identities.map(({ messages }) => messages));
  const [first] = found;
  expect(first?.messages).toMatchObject({ requests: 3, drafts: 3, outbox: 3 });
  const sum = (folders: readonly ('inbox' | 'archive' | 'trash' | 'sent')[]): number =>
    found.reduce((total, { messages }) => total + folders.reduce((count, name) => count + messages[name], 0), 0);
  // Beside the fifty: a greeting after a scan, an introduction, a move.
  expect(sum(['inbox', 'archive', 'trash', 'sent'])).toBe(53);
});

/** In the order of the alphabet. */
const everyStanding = [
  'blocked',
  'changed',
  'expired',
  'introduced',
  'mismatch',
  'moved',
  'no-key',
  'revoked',
  'scanned-you',
  'unverified',
  'verified',
];

test('contacts stand in every way, one key having ended since the sample was made', async () => {
  const [first] = await core.call('identities.list', {});
  const actor = new Actor(core, first!);
  const isThere = ({ standings }: SampleIdentity): boolean => standings['expired'] !== undefined;
  const { standings } = await actor.until(async () => {
    const contents = await contentsOf(core, first!);
    return isThere(contents) ? contents : undefined;
  });
  expect(Object.keys(standings).sort()).toEqual(everyStanding);
});

test('what is with a holder is told apart from what waits for Tor', async () => {
  const [first] = await core.call('identities.list', {});
  const deliveries = await core.call('outbox.list', { identityId: first!.id });
  expect(deliveries.map(({ state }) => state).sort()).toEqual(['held', 'waiting-for-tor', 'waiting-for-tor']);
});

test('mail in another script is found by a word of it', async () => {
  const identities = await core.call('identities.list', {});
  const found = await Promise.all(
    identities.map(({ id }) => core.call('messages.search', { identityId: id, text: 'choir.example', limit: 50 })),
  );
  expect(found.flat().length).toBeGreaterThan(0);
});
