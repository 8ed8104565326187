import { afterEach, beforeEach, expect, test } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import type { Identity, Reachability } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const HOUR_MS = 60 * 60_000;
const word = 'a word for the backup';

let network: LoopbackNetwork;
let clock: SettableClock;
let cores: TestCore[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  cores = [];
});
afterEach(async () => {
  await Promise.all(cores.map((core) => core.remove()));
  await network.stop();
});

async function start(o: Parameters<typeof makeTestCore>[1] = {}): Promise<TestCore> {
  const core = await makeTestCore(network, { clock, ...o });
  cores.push(core);
  return core;
}

const turns = (core: TestCore, reachability: Reachability): Promise<unknown> =>
  core.when('identity.changed', ({ identity }) => identity.reachability === reachability);

async function reachability(core: TestCore): Promise<Reachability> {
  const [identity] = await core.call('identities.list', {});
  return identity!.reachability;
}

/** Copies the profile of `from` with a backup to `to`, which has none. */
async function copy(from: TestCore, to: TestCore): Promise<void> {
  const made = await from.call('backup.create', { passphrase: word, withMail: true });
  const { backupId } = await to.call('backup.open', { size: made.size });
  for (let offset = 0; offset < made.size;) {
    const piece = await from.call('backup.read', { backupId: made.backupId, offset });
    await to.call('backup.write', { backupId, piece });
    offset += piece.length;
  }
  expect(await to.call('backup.restore', { backupId, passphrase: word, profilePassphrase: passphrase })).toMatchObject({
    outcome: 'good',
  });
}

/** Alice in service, and a copy of her that has found the original online. */
async function twoOfAlice(): Promise<{ alice: TestCore; identity: Identity; second: TestCore }> {
  const alice = await start();
  const identity = await makeIdentity(alice, 'alice');
  const second = await start({ profile: 'new' });
  const found = turns(second, 'elsewhere');
  await copy(alice, second);
  await found;
  return { alice, identity, second };
}

async function receives(core: TestCore, subject: string): Promise<void> {
  await core.when('message.stored', ({ message }) => message.subject === subject);
}

test('a copy whose original still runs stays off the network, and the original goes on receiving', async () => {
  const { alice, identity, second } = await twoOfAlice();
  expect(await reachability(second)).toBe('elsewhere');
  const bob = await start();
  const arrived = receives(alice, 'Still here?');
  await sendMail(bob, await makeIdentity(bob, 'bob'), { to: [identity.address], subject: 'Still here?' });
  await arrived;
  expect(await second.call('identities.takeOver', { identityId: identity.id, evenIfElsewhere: false })).toMatchObject({
    reachability: 'elsewhere',
  });
});

test('asked again when the original is gone, it takes over and receives', async () => {
  const { alice, identity, second } = await twoOfAlice();
  await alice.stop();
  expect(await second.call('identities.takeOver', { identityId: identity.id, evenIfElsewhere: false })).toMatchObject({
    reachability: 'online',
  });
  const bob = await start();
  const arrived = receives(second, 'And now?');
  await sendMail(bob, await makeIdentity(bob, 'bob'), { to: [identity.address], subject: 'And now?' });
  await arrived;
});

test('it looks again by itself every hour, and at the next start', async () => {
  const { alice, second } = await twoOfAlice();
  await second.stop();
  const reopened = await start({ directory: second.directory });
  if ((await reachability(reopened)) !== 'elsewhere') await turns(reopened, 'elsewhere');
  await alice.stop();
  const online = turns(reopened, 'online');
  clock.advance(1.25 * HOUR_MS);
  await online;
  await reopened.stop();
  // Once it has taken over, it is the original.
  const again = await start({ directory: second.directory });
  expect(await reachability(again)).toBe('online');
});

test('waits for tor before it looks', async () => {
  const { second } = await twoOfAlice();
  await second.stop();
  const third = await start({ profile: 'new' });
  third.onion.setOnline(false);
  await copy(cores[0]!, third);
  expect(await reachability(third)).toBe('offline');
  const found = turns(third, 'elsewhere');
  third.onion.setOnline(true);
  await found;
});

test('takes over regardless when told so', async () => {
  const { identity, second } = await twoOfAlice();
  expect(await second.call('identities.takeOver', { identityId: identity.id, evenIfElsewhere: true })).toMatchObject({
    reachability: 'online',
  });
});

test('a paused copy does not look, and looks when it is resumed', async () => {
  const { identity, second } = await twoOfAlice();
  await second.call('identities.update', { identityId: identity.id, paused: true });
  expect(await reachability(second)).toBe('paused');
  const found = turns(second, 'elsewhere');
  await second.call('identities.update', { identityId: identity.id, paused: false });
  await found;
});

test('a paper key brings the same address with a new key, which contacts take', async () => {
  const alice = await start();
  const identity = await makeIdentity(alice, 'alice');
  const { words } = await alice.call('identities.paperKey', { identityId: identity.id });
  expect(words).toHaveLength(24);
  const bob = await start();
  const bobs = await makeIdentity(bob, 'bob');
  const first = receives(bob, 'Before');
  await sendMail(alice, identity, { to: [bobs.address], subject: 'Before' });
  await first;
  await alice.stop();
  clock.advance(75_000);

  const paper = await start();
  const again = {
    words: words.join(' ').toUpperCase(),
    localPart: 'alice',
    label: 'From paper',
    colour: 'green',
  } as const;
  const online = turns(paper, 'online');
  const restored = await paper.call('identities.restoreFromPaper', again);
  expect(restored).toMatchObject({ address: identity.address, label: 'From paper' });
  expect(restored.fingerprint).not.toBe(identity.fingerprint);
  await online;
  const second = bob.when('message.stored', ({ message }) => message.subject === 'After');
  await sendMail(paper, restored, { to: [bobs.address], subject: 'After' });
  expect((await second).message).toMatchObject({ from: identity.address, protection: 'verified' });

  await expect(paper.call('identities.restoreFromPaper', again)).rejects.toBeInstanceOf(PosthornError);
  await expect(
    paper.call('identities.restoreFromPaper', { ...again, words: words.slice(1).join(' ') }),
  ).rejects.toMatchObject({ code: 'invalid-call' });
});
