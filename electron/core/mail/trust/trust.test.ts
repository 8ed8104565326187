import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import type { MessageSummary } from '../../../../shared/message';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const DAY = 24 * 60 * 60_000;

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let carol: TestCore;
let a: Identity;
let b: Identity;
let c: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  clock = new SettableClock();
  [alice, bob, carol] = await Promise.all([
    makeTestCore(network, { clock }),
    makeTestCore(network, { clock }),
    makeTestCore(network, { clock }),
  ]);
  [a, b, c] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob'), makeIdentity(carol, 'carol')]);
});
afterEach(() => Promise.all([alice.remove(), bob.remove(), carol.remove()]));

const certify = { level: 'positive', shared: false } as const;

/** The text of the code on a person's screen. */
async function codeOf(core: TestCore, identity: Identity): Promise<string> {
  return (await core.call('cards.own', { identityId: identity.id, withCode: true })).uri;
}

/** Resolves when the contact of this address has this standing. */
async function standing(core: TestCore, address: string, kind: Contact['standing']['kind']): Promise<Contact> {
  return (
    await core.when('contact.changed', ({ contact }) => contact.address === address && contact.standing.kind === kind)
  ).contact;
}

/** One person scans the other's code and has their key. */
async function scan(core: TestCore, own: Identity, text: string): Promise<Contact> {
  const address = /mailto:([^?]+)/.exec(text)?.[1] ?? '';
  const verified = standing(core, address, 'verified');
  await core.call('contacts.verifyCard', { identityId: own.id, text, certify });
  return verified;
}

function contactsOf(core: TestCore, identity: Identity): Promise<Contact[]> {
  return core.call('contacts.list', { identityId: identity.id });
}

async function receive(to: TestCore, from: Identity, send: () => Promise<unknown>): Promise<MessageSummary> {
  const stored = to.when(
    'message.stored',
    ({ message }) => message.from === from.address && message.folder !== 'drafts',
  );
  await send();
  return (await stored).message;
}

describe('scanning', () => {
  it('makes a new contact who is verified as soon as their key is here', async () => {
    const text = await codeOf(bob, b);
    expect(await alice.call('cards.read', { identityId: a.id, text })).toEqual({
      outcome: 'new',
      address: b.address,
      name: '',
      fingerprint: b.fingerprint,
    });
    const contact = await scan(alice, a, text);
    expect(contact).toMatchObject({
      fingerprint: b.fingerprint,
      standing: { kind: 'verified', way: 'scan' },
      verification: { fingerprint: b.fingerprint },
    });
    expect(await alice.call('cards.read', { identityId: a.id, text })).toMatchObject({
      outcome: 'match',
      alreadyVerified: true,
    });
    expect(await alice.call('contacts.vouchers', { identityId: a.id, contactId: contact.id })).toMatchObject([
      { isOwn: true, address: a.address, level: 'positive', shared: false, state: 'good' },
    ]);
  });

  it('is proved to the other by the first mail, once', async () => {
    const text = await codeOf(bob, b);
    await scan(alice, a, text);
    const first = await receive(bob, a, () => sendMail(alice, a, { to: [b.address] }));
    expect(first.folder).toBe('inbox');
    const [known] = await contactsOf(bob, b);
    expect(known).toMatchObject({ address: a.address, scannedYouAt: clock.now() });
    // The same code in other hands proves nothing any more.
    await scan(carol, c, text);
    expect((await receive(bob, c, () => sendMail(carol, c, { to: [b.address] }))).folder).toBe('requests');
    // Bob verifies Alice in turn.
    await bob.call('contacts.verifyCard', {
      identityId: b.id,
      text: await codeOf(alice, a),
      expected: known!.id,
      certify,
    });
    expect((await contactsOf(bob, b)).find(({ address }) => address === a.address)).toMatchObject({
      standing: { kind: 'verified' },
    });
    expect((await contactsOf(bob, b))[0]).not.toHaveProperty('scannedYouAt');
  });

  it('works while they are offline, and certifies when the key comes', async () => {
    bob.onion.setOnline(false);
    const contact = await alice.call('contacts.verifyCard', { identityId: a.id, text: await codeOf(bob, b), certify });
    expect(contact.standing).toEqual({ kind: 'no-key', verified: true });
    bob.onion.setOnline(true);
    const verified = standing(alice, b.address, 'verified');
    await alice.call('contacts.fetchKey', { identityId: a.id, contactId: contact.id });
    await verified;
  });

  it('warns of another key, another address and the code of another program', async () => {
    const contact = await scan(alice, a, await codeOf(bob, b));
    const read = (text: string, expected?: Contact): Promise<CardReading> =>
      alice.call('cards.read', { identityId: a.id, text, ...(expected ? { expected: expected.id } : {}) });
    const wrongKey = `mailto:${b.address}?fpr=${c.fingerprint}`;
    expect(await read(wrongKey)).toMatchObject({
      outcome: 'other-key',
      knownFingerprint: b.fingerprint,
      cardFingerprint: c.fingerprint,
    });
    await expect(
      alice.call('contacts.verifyCard', { identityId: a.id, text: wrongKey, certify }),
    ).rejects.toMatchObject({ code: 'card-refused' });
    expect(await read(await codeOf(carol, c), contact)).toMatchObject({
      outcome: 'other-address',
      expected: contact.id,
    });
    const oneLetter = b.address.replace(/@(.)/, (_, letter: string) => `@${letter === 'a' ? 'b' : 'a'}`);
    expect(await read(`mailto:${oneLetter}`)).toMatchObject({
      outcome: 'refused',
      problem: 'address-invalid',
      addressProblem: 'checksum',
      lookAlike: { contactId: contact.id, differs: [4] },
    });
    expect(await read('WIFI:T:WPA;S:home;P:secret;;')).toEqual({ outcome: 'refused', problem: 'not-a-card' });
    expect(await read(`mailto:${b.address},${c.address}`)).toEqual({
      outcome: 'refused',
      problem: 'several-addresses',
    });
    expect(await read(`mailto:${b.address}?fpr=12`)).toEqual({ outcome: 'refused', problem: 'fingerprint-invalid' });
    expect(await read(await codeOf(alice, a))).toEqual({ outcome: 'own', identityId: a.id });
    expect((await contactsOf(alice, a))[0]?.standing.kind).toBe('verified');
  });

  it('does not take the key of a card for certified when the onion certifies another', async () => {
    const contact = await alice.call('contacts.verifyCard', {
      identityId: a.id,
      text: `mailto:${b.address}?fpr=${c.fingerprint}`,
      certify,
    });
    const differs = standing(alice, b.address, 'mismatch');
    await alice.call('contacts.fetchKey', { identityId: a.id, contactId: contact.id });
    const { id } = await differs;
    expect(await alice.call('contacts.vouchers', { identityId: a.id, contactId: id })).toEqual([]);
    expect(await alice.call('contacts.acceptKey', { identityId: a.id, contactId: id })).toMatchObject({
      standing: { kind: 'unverified' },
    });
  });

  it('reads a vCard with its key, and refuses one whose key is not certified by its onion', async () => {
    const { text } = await bob.call('cards.vcard', { identityId: b.id, name: 'Bob B.' });
    expect(await alice.call('cards.read', { identityId: a.id, text })).toEqual({
      outcome: 'new',
      address: b.address,
      name: 'Bob B.',
      fingerprint: b.fingerprint,
    });
    const forged = text.replaceAll(b.address, c.address);
    expect(await alice.call('cards.read', { identityId: a.id, text: forged })).toEqual({
      outcome: 'refused',
      problem: 'key-not-certified',
    });
  });
});

describe('a verification', () => {
  it('is given by comparing fingerprints, ends by itself, and is taken back', async () => {
    await receive(bob, a, () => sendMail(alice, a, { to: [b.address] }));
    const [contact] = await contactsOf(alice, a);
    const own = { identityId: a.id, contactId: contact!.id };
    expect(contact?.standing).toEqual({ kind: 'unverified', vouchedBy: [] });
    await expect(
      alice.call('contacts.verifyFingerprint', { ...own, fingerprint: c.fingerprint, certify }),
    ).rejects.toMatchObject({ code: 'trust-refused' });
    const expiresAt = clock.now() + 10 * DAY;
    const verified = await alice.call('contacts.verifyFingerprint', {
      ...own,
      fingerprint: b.fingerprint,
      certify: { ...certify, expiresAt },
    });
    expect(verified.standing).toMatchObject({ kind: 'verified', way: 'fingerprint', expiresAt });
    const ended = standing(alice, b.address, 'unverified');
    clock.advance(11 * DAY);
    await ended;
    await alice.call('contacts.verifyFingerprint', { ...own, fingerprint: b.fingerprint, certify });
    expect(await alice.call('contacts.revokeVerification', own)).toMatchObject({ standing: { kind: 'unverified' } });
    expect(await alice.call('contacts.vouchers', own)).toMatchObject([{ isOwn: true, state: 'revoked' }]);
  });

  it('reaches its subject only when it is shared', async () => {
    const contact = await scan(alice, a, await codeOf(bob, b));
    const kept = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    await sendMail(alice, a, { to: [b.address] });
    await kept;
    await bob.inside.session.require(b.id).settled();
    const shownBy = async (): Promise<string> =>
      (await bob.call('keys.export', { identityId: b.id, withLocal: true }).catch(() => ({ keys: '' }))).keys;
    expect(await bob.call('trust.graph', { identityId: b.id, limit: 100 })).toMatchObject({ edges: [] });
    await alice.call('contacts.verifyFingerprint', {
      identityId: a.id,
      contactId: contact.id,
      fingerprint: b.fingerprint,
      certify: { level: 'positive', shared: true },
    });
    const shared = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    await sendMail(alice, a, { to: [b.address], subject: 'Shared' });
    await shared;
    // What mail teaches is learned after its sender was answered.
    await bob.inside.session.require(b.id).settled();
    expect((await bob.call('trust.graph', { identityId: b.id, limit: 100 })).edges).toMatchObject([
      { from: a.fingerprint, to: b.fingerprint, shared: true },
    ]);
    expect(await shownBy()).not.toBe('');
  });
});

describe('introductions', () => {
  async function meet(): Promise<{ bobAtAlice: Contact; carolAtAlice: Contact; aliceAtBob: Contact }> {
    const bobAtAlice = await scan(alice, a, await codeOf(bob, b));
    const carolAtAlice = await scan(alice, a, await codeOf(carol, c));
    const aliceAtBob = await scan(bob, b, await codeOf(alice, a));
    return { bobAtAlice, carolAtAlice, aliceAtBob };
  }

  it('bring a stranger’s first mail into the inbox with the path', async () => {
    const { bobAtAlice, carolAtAlice, aliceAtBob } = await meet();
    await bob.call('contacts.setIntroducer', {
      identityId: b.id,
      contactId: aliceAtBob.id,
      introducer: { depth: 1, amount: 'full' },
    });
    const toBob = bob.when('message.stored', ({ message }) => message.from === a.address);
    const toCarol = carol.when('message.stored', ({ message }) => message.from === a.address);
    await alice.call('contacts.introduce', {
      identityId: a.id,
      first: bobAtAlice.id,
      second: carolAtAlice.id,
      note: 'You both brew.',
    });
    const [atBob, atCarol] = [(await toBob).message, (await toCarol).message];
    expect(atBob).toMatchObject({ subject: 'Introducing carol', attachmentCount: 1 });
    const [card] = await bob.call('messages.cards', { identityId: b.id, messageId: atBob.id });
    expect(card).toMatchObject({ address: c.address, name: 'carol' });
    expect(await bob.call('cards.read', { identityId: b.id, text: card!.text })).toMatchObject({
      outcome: 'new',
      fingerprint: c.fingerprint,
    });
    expect(await carol.call('messages.cards', { identityId: c.id, messageId: atCarol.id })).toMatchObject([
      { address: b.address },
    ]);

    const first = await receive(bob, c, () =>
      sendMail(carol, c, { to: [b.address], subject: 'Hello, Alice told me of you' }),
    );
    expect(first).toMatchObject({ folder: 'inbox', introducedBy: [a.address] });
    const added = await bob.call('contacts.add', { identityId: b.id, address: c.address, name: 'Carol' });
    expect(added).toMatchObject({ fingerprint: c.fingerprint, standing: { kind: 'introduced', path: [a.address] } });
    // Carol has not made Alice an introducer: Bob's mail is a request there.
    expect((await receive(carol, b, () => sendMail(bob, b, { to: [c.address] }))).introducedBy).toBeUndefined();
  });

  it('mean nothing from a contact who is no introducer, or is one no longer', async () => {
    const { bobAtAlice, carolAtAlice, aliceAtBob } = await meet();
    const told = bob.when('message.stored', ({ message }) => message.from === a.address);
    await alice.call('contacts.introduce', {
      identityId: a.id,
      first: bobAtAlice.id,
      second: carolAtAlice.id,
      note: '',
    });
    await told;
    expect(await receive(bob, c, () => sendMail(carol, c, { to: [b.address] }))).toMatchObject({ folder: 'requests' });
    const introducer = { identityId: b.id, contactId: aliceAtBob.id };
    await bob.call('contacts.setIntroducer', { ...introducer, introducer: { depth: 1, amount: 'full' } });
    expect(await receive(bob, c, () => sendMail(carol, c, { to: [b.address] }))).toMatchObject({
      folder: 'inbox',
      introducedBy: [a.address],
    });
    expect(await bob.call('contacts.setIntroducer', { ...introducer, introducer: null })).not.toHaveProperty(
      'introducer',
    );
    expect(await receive(bob, c, () => sendMail(carol, c, { to: [b.address] }))).toMatchObject({ folder: 'requests' });
  });

  it('are made only of people who were verified', async () => {
    const bobAtAlice = await scan(alice, a, await codeOf(bob, b));
    const other = await alice.call('contacts.add', { identityId: a.id, address: c.address, name: 'Carol' });
    await expect(
      alice.call('contacts.introduce', { identityId: a.id, first: bobAtAlice.id, second: other.id, note: '' }),
    ).rejects.toMatchObject({ code: 'trust-refused' });
    await expect(
      alice.call('contacts.setIntroducer', {
        identityId: a.id,
        contactId: other.id,
        introducer: { depth: 1, amount: 'full' },
      }),
    ).rejects.toMatchObject({ code: 'trust-refused' });
  });
});

describe('moving', () => {
  it('is told to contacts, signed by both keys, and followed only when the user says so', async () => {
    const bobAtAlice = await scan(alice, a, await codeOf(bob, b));
    await scan(bob, b, await codeOf(alice, a));
    const next = await makeIdentity(alice, 'alice');
    const told = bob.when('contact.changed', ({ contact }) => contact.moveNotice !== undefined);
    await alice.call('identities.announceMove', {
      identityId: a.id,
      toIdentityId: next.id,
      contactIds: [bobAtAlice.id],
    });
    const { contact } = await told;
    expect(contact).toMatchObject({ address: a.address, moveNotice: { to: next.address } });
    expect((await contactsOf(bob, b)).map(({ address }) => address)).toEqual([a.address]);
    const followed = await bob.call('contacts.answerMove', { identityId: b.id, contactId: contact.id, accept: true });
    expect(followed).toMatchObject({
      address: next.address,
      fingerprint: next.fingerprint,
      standing: { kind: 'verified', way: 'move' },
    });
    expect((await contactsOf(bob, b)).find(({ address }) => address === a.address)).not.toHaveProperty('moveNotice');
  });
});
