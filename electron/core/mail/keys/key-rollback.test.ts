import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folderCounts } from '../../../../shared/mailbox';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const DAY = 24 * 60 * 60_000;

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;
/** A copy of all that Alice had before she changed her key: its owner has the old key and the onion. */
let copy: string;
let inBob: Contact;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  clock = new SettableClock();
  [alice, bob] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network, { clock })]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
  const added = await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  inBob = await bob.call('contacts.fetchKey', { identityId: b.id, contactId: added.id });
  await alice.stop();
  copy = await mkdtemp(join(tmpdir(), 'posthorn-copy-'));
  await cp(alice.directory, copy, { recursive: true });
  alice = await makeTestCore(network, { clock, directory: alice.directory });
});
afterEach(() => Promise.all([alice.remove(), bob.remove()]));

/** Takes the present Alice off the network and puts the copy in her place. */
async function playCopy(): Promise<void> {
  await alice.remove();
  alice = await makeTestCore(network, { clock, directory: copy });
}

function refetched(): Promise<Contact> {
  return bob.call('contacts.fetchKey', { identityId: b.id, contactId: inBob.id });
}

async function seen(): Promise<Contact | undefined> {
  const [contact] = await bob.call('contacts.list', { identityId: b.id });
  return contact;
}

/** Mail from the core that runs as Alice; answers the state in which its delivery ended. */
async function sentToBob(): Promise<string> {
  const ended = alice.when(
    'delivery.changed',
    ({ delivery: { state } }) => state === 'delivered' || state === 'failed',
  );
  await sendMail(alice, a, { to: [b.address], subject: 'From the copy' });
  return (await ended).delivery.state;
}

async function mailsOfBob(): Promise<number> {
  const { inbox, requests } = folderCounts(await bob.call('mailboxes.list', { identityId: b.id }));
  return inbox + requests;
}

describe('an old copy, after the key was', () => {
  it('revoked: neither its key nor its mail is taken', async () => {
    await alice.call('identities.revokeKey', { identityId: a.id, reason: 'compromised', confirmAddress: a.address });
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    await playCopy();
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await seen()).toMatchObject({ keyState: 'revoked', standing: { kind: 'revoked' } });
    expect(await sentToBob()).toBe('failed');
    expect(await mailsOfBob()).toBe(0);
    expect(await seen()).toMatchObject({ keyState: 'revoked', fingerprint: a.fingerprint });
  });

  it('revoked, and the copy certifies its key anew: the revocation stands', async () => {
    await alice.call('identities.revokeKey', { identityId: a.id, reason: 'compromised', confirmAddress: a.address });
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    clock.advance(40 * DAY);
    await playCopy();
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await seen()).toMatchObject({
      keyState: 'revoked',
      standing: { kind: 'revoked' },
      fingerprint: a.fingerprint,
    });
    expect(await sentToBob()).toBe('failed');
    expect(await mailsOfBob()).toBe(0);
    expect(await seen()).toMatchObject({ keyState: 'revoked', fingerprint: a.fingerprint });
  });

  it('replaced: neither its key nor its mail is taken', async () => {
    const { fingerprint } = await alice.call('identities.replaceKey', { identityId: a.id });
    await refetched();
    await playCopy();
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await seen()).toMatchObject({ keyState: 'changed', fingerprint });
    expect(await sentToBob()).toBe('failed');
    expect(await mailsOfBob()).toBe(0);
    expect(await seen()).toMatchObject({ fingerprint });
  });

  it('rotated: its mail is hers, and Bob goes on sealing to the new subkey', async () => {
    await alice.call('identities.rotateSubkey', { identityId: a.id });
    const { certifiedAt } = await refetched();
    await playCopy();
    await expect(refetched()).rejects.toMatchObject({ code: 'key-refused' });
    expect(await sentToBob()).toBe('delivered');
    expect(await seen()).toMatchObject({ keyState: 'certified', certifiedAt });
  });
});
