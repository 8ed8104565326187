import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderCounts } from '../../../../shared/mailbox';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import type { MessageSummary } from '../../../../shared/message';
import { signerStanding } from '../../../../shared/signer-standing';
import { encodeBase32 } from '../../domain/base32';
import { MAX_FORGED_CERTIFICATIONS } from '../../domain/key-limits';
import { onionChecksum } from '../../onion/onion-checksum';
import type { IdentityKeys, PublicKeyBlock } from '../../ports/keys';
import type { OutgoingMessage } from '../../ports/mime';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SlowOnion } from '../../testing/slow-onion';
import { SmtpPeer } from '../../testing/smtp-peer';

const DAY = 24 * 60 * 60_000;
const certify = { level: 'positive', shared: false } as const;
/** A point of order 8 of the curve's small subgroup. */
const ORDER_8 = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
const full = { depth: 1, amount: 'full' } as const;

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
let bobsKey: PublicKeyBlock;
let ann: Attacker;
let carol: Attacker;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
  bobsKey = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  [ann, carol] = await Promise.all([stranger('ann'), stranger('carol')]);
});
afterEach(() => bob.remove());

const stranger = (localPart: string): Promise<Attacker> => makeAttacker({ localPart, now: clock.now() });
const ofBob = (): { identityId: Identity['id'] } => ({ identityId: b.id });

/**
 * Sends a letter by `who` with these keys, as their programs would make it but for `changes`; answers the reply, once
 * what the letter teaches is learned.
 */
async function post(who: Attacker, keys: IdentityKeys, changes: Partial<OutgoingMessage> = {}): Promise<string> {
  const message = await who.message(b.address, {
    keyBlock: await who.pgp.armorPublicKey(keys.publicKey),
    date: clock.now(),
    ...changes,
  });
  const content = await who.mime.buildInner(message);
  const sealed = await who.pgp.seal({ content, secretKey: keys.secretKey, recipients: [bobsKey], now: clock.now() });
  const peer = await SmtpPeer.at(network, b.onion);
  const said = await peer.transact({ from: who.address, to: b.address, raw: who.mime.wrapSealed({ message, sealed }) });
  peer.close();
  // What it teaches is learned after the reply.
  await bob.inside.session.require(b.id).settled();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

/** The stored message of a letter that is accepted. */
async function posted(
  who: Attacker,
  keys: IdentityKeys,
  changes: Partial<OutgoingMessage> = {},
): Promise<MessageSummary> {
  const stored = bob.when('message.stored', ({ message }) => message.from === who.address);
  expect(await post(who, keys, changes)).toBe('250 2.0.0 Stored');
  return (await stored).message;
}

async function bobKnows(address: string): Promise<Contact | undefined> {
  return (await bob.call('contacts.list', ofBob())).find((each) => each.address === address);
}

/** Bob accepts a stranger's request, and compares fingerprints with them. */
async function befriend(who: Attacker, o: { shared?: boolean; introducer?: boolean } = {}): Promise<Contact> {
  const { id: messageId } = await posted(who, who.keys);
  const { id: contactId } = await bob.call('requests.accept', { ...ofBob(), messageId });
  const verified = await bob.call('contacts.verifyFingerprint', {
    ...ofBob(),
    contactId,
    fingerprint: who.keys.fingerprint,
    certify: { ...certify, shared: o.shared ?? false },
  });
  if (!o.introducer) return verified;
  return bob.call('contacts.setIntroducer', { ...ofBob(), contactId, introducer: full });
}

/** `subject`'s key with a certification by `issuer` that may be passed on. */
async function certifiedBy(issuer: IdentityKeys, subject: IdentityKeys): Promise<PublicKeyBlock> {
  const { body } = await ann.pgp.certify({
    secretKey: issuer.secretKey,
    subject: subject.publicKey,
    level: 'positive',
    exportable: true,
    now: clock.now(),
  });
  return ann.pgp.withCertifications({ block: subject.publicKey, bodies: [body] });
}

/** An onion name with the right checksum and version, for any point (hexadecimal). */
function onionAt(point: string): string {
  const octets = Buffer.from(point, 'hex');
  return `${encodeBase32(Buffer.concat([octets, onionChecksum(octets, 3), Uint8Array.of(3)]))}.onion`;
}

const armored = (block: PublicKeyBlock): Promise<string> => ann.pgp.armorPublicKey(block);

/** The first letter of a person who is introduced by these keys. */
async function introduced(who: Attacker, by: IdentityKeys): Promise<MessageSummary> {
  return posted(who, who.keys, { keyBlock: await armored(await certifiedBy(by, who.keys)) });
}

describe('an onion that answers when it pleases', () => {
  let onion: SlowOnion;
  let known: Contact;
  const ofAnn = (): { identityId: Identity['id']; contactId: Contact['id'] } => ({ ...ofBob(), contactId: known.id });

  beforeEach(async () => {
    onion = await SlowOnion.of(network, ann);
    known = await befriend(ann, { introducer: true });
  });
  afterEach(() => {
    onion.close();
  });

  it('does not bring a verification back that was taken back meanwhile', async () => {
    const asked = onion.hold();
    const fetched = bob.call('contacts.fetchKey', ofAnn());
    await asked;
    await bob.call('contacts.revokeVerification', ofAnn());
    onion.release();
    await fetched;
    const contact = await bobKnows(ann.address);
    expect(contact).toMatchObject({ standing: { kind: 'unverified' } });
    expect(contact).not.toHaveProperty('verification');
    expect(await introduced(carol, ann.keys)).toMatchObject({ folder: 'requests' });
  });

  it('leaves nothing behind of a contact who was removed meanwhile', async () => {
    const asked = onion.hold();
    const fetched = bob.call('contacts.fetchKey', ofAnn());
    const gone = expect(fetched).rejects.toMatchObject({ code: 'contact-unknown' });
    await asked;
    await bob.call('contacts.remove', ofAnn());
    onion.release();
    await gone;
    expect(await bob.call('trust.graph', { ...ofBob(), limit: 100 })).toMatchObject({
      nodes: [{ isOwn: true }],
      edges: [],
    });
  });
});

describe('a key that is replaced', () => {
  it('is never shown as verified, not for a moment', async () => {
    await befriend(ann);
    const next = (
      await ann.pgp.replaceKey({ keys: ann.keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + 1000 })
    ).keys;
    const shown: string[] = [];
    bob.onEvent((event) => {
      if (event.type === 'contact.changed' && event.contact.fingerprint === next.fingerprint)
        shown.push(event.contact.standing.kind);
    });
    await posted(ann, next);
    expect(await bobKnows(ann.address)).toMatchObject({ standing: { kind: 'changed' } });
    expect(new Set(shown)).toEqual(new Set(['changed']));
  });

  it('introduces no one any more, even before the user has answered', async () => {
    await befriend(ann, { introducer: true });
    expect(await introduced(carol, ann.keys)).toMatchObject({ folder: 'inbox', introducedBy: [ann.address] });
    const next = (
      await ann.pgp.replaceKey({ keys: ann.keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + 1000 })
    ).keys;
    await posted(ann, next);
    expect(await introduced(await stranger('thief'), ann.keys)).toMatchObject({ folder: 'requests' });
  });

  it('takes away the move notice that it signed', async () => {
    const alice = await makeTestCore(network, { clock });
    try {
      const [a, next] = [await makeIdentity(alice, 'alice'), await makeIdentity(alice, 'next')];
      const inAlice = await alice.call('contacts.add', { identityId: a.id, address: b.address, name: 'Bob' });
      const added = await bob.call('contacts.add', { ...ofBob(), address: a.address, name: 'Alice' });
      const contact = { ...ofBob(), contactId: added.id };
      await bob.call('contacts.fetchKey', contact);
      const told = bob.when('contact.changed', (event) => event.contact.moveNotice !== undefined);
      await alice.call('identities.announceMove', {
        identityId: a.id,
        toIdentityId: next.id,
        contactIds: [inAlice.id],
      });
      await told;
      await alice.call('identities.replaceKey', { identityId: a.id });
      await bob.call('contacts.fetchKey', contact);
      expect(await bobKnows(a.address)).not.toHaveProperty('moveNotice');
      await expect(bob.call('contacts.answerMove', { ...contact, accept: true })).rejects.toMatchObject({
        code: 'contact-unknown',
      });
    } finally {
      await alice.remove();
    }
  });
});

describe('a key that ends', () => {
  it('ends no later than it says itself', async () => {
    const ends = clock.now() + 30 * DAY;
    const { publicKey } = await ann.pgp.renewKey({
      keys: ann.keys,
      address: ann.address,
      onionSeed: ann.seed,
      expiresAt: ends,
      now: clock.now(),
    });
    const check = await ann.pgp.checkKeyBlock({ block: publicKey, address: ann.address, now: clock.now() });
    expect(check).toMatchObject({ outcome: 'certified', expiresAt: ends - (ends % 1000) });
  });

  it('introduces no one from then on', async () => {
    const keys = await ann.pgp.renewKey({
      keys: ann.keys,
      address: ann.address,
      onionSeed: ann.seed,
      expiresAt: clock.now() + 30 * DAY,
      now: clock.now(),
    });
    await befriend({ ...ann, keys }, { introducer: true });
    clock.advance(31 * DAY);
    const late = await stranger('late');
    expect(await introduced(late, keys)).toMatchObject({ folder: 'requests' });
  });

  it('stays revoked in the ring, though it belongs to no contact', async () => {
    await befriend(ann, { introducer: true });
    const letter = await introduced(carol, ann.keys);
    expect(letter).toMatchObject({ folder: 'inbox', signedBy: carol.keys.fingerprint });
    expect(letter).not.toHaveProperty('signerRevoked');
    const told = bob.when(
      'message.changed',
      ({ message }) => message.id === letter.id && message.signerRevoked === true,
    );
    const revoked = await carol.pgp.revokeKey({
      keys: carol.keys,
      address: carol.address,
      onionSeed: carol.seed,
      reason: 'compromised',
      now: clock.now() + 1000,
    });
    expect(await post(carol, carol.keys, { keyBlock: await armored(revoked.publicKey) })).toContain('key-revoked');
    expect(signerStanding((await told).message, undefined)).toEqual({ kind: 'earlier-key', fate: 'revoked' });
    clock.advance(DAY);
    const again = await carol.pgp.recertify({
      keys: carol.keys,
      address: carol.address,
      onionSeed: carol.seed,
      now: clock.now(),
    });
    expect(await post(carol, again)).toContain('key-revoked');
    expect(folderCounts(await bob.call('mailboxes.list', ofBob()))).toMatchObject({ inbox: 2 });
  });

  it('is revoked wherever the news comes from, for mail in both directions', async () => {
    await befriend(ann);
    await befriend(carol);
    const revoked = await ann.pgp.revokeKey({
      keys: ann.keys,
      address: ann.address,
      onionSeed: ann.seed,
      reason: 'compromised',
      now: clock.now() + 1000,
    });
    await posted(carol, carol.keys, { otherKeyBlocks: [await armored(revoked.publicKey)] });
    expect(await bobKnows(ann.address)).toMatchObject({ keyState: 'revoked', standing: { kind: 'revoked' } });
    expect(await post(ann, { ...ann.keys, publicKey: carol.keys.publicKey })).toContain('key-revoked');
  });

  it('stays revoked after its successor was accepted, and after its contact was removed', async () => {
    const { id: contactId } = await befriend(ann);
    const revoked = await ann.pgp.revokeKey({
      keys: ann.keys,
      address: ann.address,
      onionSeed: ann.seed,
      reason: 'compromised',
      now: clock.now() + 1000,
    });
    expect(await post(ann, ann.keys, { keyBlock: await armored(revoked.publicKey) })).toContain('key-revoked');
    const fresh = await ann.pgp.generateIdentityKeys({
      address: ann.address,
      onionSeed: ann.seed,
      now: clock.now() + 2000,
    });
    await posted(ann, fresh);
    await bob.call('contacts.acceptKey', { ...ofBob(), contactId });
    clock.advance(40 * DAY);
    const copy = await ann.pgp.recertify({
      keys: ann.keys,
      address: ann.address,
      onionSeed: ann.seed,
      now: clock.now(),
    });
    expect(await post(ann, copy)).not.toContain('250');
    await bob.call('contacts.remove', { ...ofBob(), contactId });
    expect(await post(ann, copy)).toContain('key-revoked');
  });
});

describe('several keys of one address in one letter', () => {
  async function renewed(o: { days: number; who?: Attacker }): Promise<IdentityKeys> {
    const { address, seed: onionSeed, pgp } = o.who ?? ann;
    return pgp.generateIdentityKeys({ address, onionSeed, now: clock.now() + o.days * DAY });
  }
  async function revokedOf(keys: IdentityKeys): Promise<PublicKeyBlock> {
    const asked = { keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + 1000 } as const;
    return (await ann.pgp.revokeKey({ ...asked, reason: 'compromised' })).publicKey;
  }
  const both = (...blocks: PublicKeyBlock[]): Promise<string> => armored(Buffer.concat(blocks));

  it('remembers a revoked key that nobody has here, before an old copy of it comes', async () => {
    const revoked = await revokedOf(ann.keys);
    expect(await post(ann, ann.keys, { keyBlock: await armored(revoked) })).toContain('key-revoked');
    const again = { keys: ann.keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + DAY };
    clock.advance(DAY);
    expect(await post(ann, await ann.pgp.recertify(again))).toContain('key-revoked');
  });

  it('sees the revoked one beside a good one, in one block or in two, whichever comes first', async () => {
    const revoked = await revokedOf(ann.keys);
    const fresh = await renewed({ days: 0.1 });
    for (const keyBlock of [await both(fresh.publicKey, revoked), await both(revoked, fresh.publicKey)])
      expect(await post(ann, fresh, { keyBlock })).toBe('250 2.0.0 Stored');
    const again = { keys: ann.keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + DAY };
    clock.advance(DAY);
    expect(await post(ann, await ann.pgp.recertify(again))).toContain('key-revoked');
  });

  it('takes no copy without the revocation that comes beside it', async () => {
    const revoked = await revokedOf(ann.keys);
    const [good, bad] = await Promise.all([armored(ann.keys.publicKey), armored(revoked)]);
    expect(await post(ann, ann.keys, { keyBlock: good, otherKeyBlocks: [bad] })).toContain('key-revoked');
    expect(await post(carol, carol.keys, { otherKeyBlocks: [bad] })).toBe('250 2.0.0 Stored');
  });

  it('tells the sender what time mends, whatever else is wrong', async () => {
    await befriend(ann);
    const [future, uncertified] = await Promise.all([renewed({ days: 9 }), renewed({ days: 0, who: carol })]);
    const blocks = await Promise.all([future, uncertified].map(({ publicKey }) => armored(publicKey)));
    const [early, foreign] = blocks as [string, string];
    for (const changes of [
      { keyBlock: early, otherKeyBlocks: [foreign] },
      { keyBlock: foreign, otherKeyBlocks: [early] },
    ])
      expect(await post(ann, future, changes)).toMatch(/^451 4\.7\.1 /);
    await post(ann, ann.keys, { keyBlock: await armored(await revokedOf(ann.keys)) });
    expect(await post(ann, future, { keyBlock: early })).toMatch(/^451 4\.7\.1 /);
  });
});

describe('a key whose successor was accepted', () => {
  it('stays known: what it vouched for, and that it is revoked later', async () => {
    const { id: contactId } = await befriend(ann);
    const now = clock.now() + 2000;
    const fresh = await ann.pgp.generateIdentityKeys({ address: ann.address, onionSeed: ann.seed, now });
    const vouched = { ...fresh, publicKey: await certifiedBy(ann.keys, fresh) };
    await posted(ann, vouched);
    const [before] = (await bobKnows(ann.address))?.earlierKeys ?? [];
    expect(before).toMatchObject({ fingerprint: ann.keys.fingerprint, vouches: true, revoked: false });
    await bob.call('contacts.acceptKey', { ...ofBob(), contactId });
    const accepted = await bobKnows(ann.address);
    expect(accepted).toMatchObject({ fingerprint: fresh.fingerprint, standing: { kind: 'verified' } });
    expect(accepted?.earlierKeys).toMatchObject([{ vouches: true, revoked: false }]);
    const asked = { keys: ann.keys, address: ann.address, onionSeed: ann.seed, now: now + 1000 } as const;
    const revoked = await ann.pgp.revokeKey({ ...asked, reason: 'compromised' });
    await post(carol, carol.keys);
    await posted(ann, vouched, { otherKeyBlocks: [await armored(revoked.publicKey)] });
    expect((await bobKnows(ann.address))?.earlierKeys).toMatchObject([
      { fingerprint: ann.keys.fingerprint, revoked: true },
    ]);
  });

  it('vouches for nobody else from then on', async () => {
    const { id: contactId } = await befriend(ann, { introducer: true });
    const now = clock.now() + 2000;
    const fresh = await ann.pgp.generateIdentityKeys({ address: ann.address, onionSeed: ann.seed, now });
    await posted(ann, fresh);
    await bob.call('contacts.acceptKey', { ...ofBob(), contactId });
    expect(await introduced(carol, ann.keys)).toMatchObject({ folder: 'requests' });
    const graph = await bob.call('trust.graph', { ...ofBob(), limit: 50 });
    expect(graph.nodes.map(({ fingerprint }) => fingerprint)).not.toContain(ann.keys.fingerprint);
  });
});

describe('forged certifications', () => {
  it('cost one letter a limited number of checks, and take nothing of their octets', async () => {
    await befriend(ann);
    const forged = await Promise.all(
      Array.from({ length: 600 }, async (_, index) => {
        const made = await ann.pgp.certify({
          secretKey: carol.keys.secretKey,
          subject: ann.keys.publicKey,
          level: 'positive',
          exportable: true,
          now: clock.now() + index * 1000,
        });
        const body = Uint8Array.from(made.body);
        body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
        return body;
      }),
    );
    await befriend(carol);
    const block = ann.pgp.withCertifications({ block: ann.keys.publicKey, bodies: forged });
    const verify = vi.spyOn(bob.inside.services.pgp, 'verifyCertifications');
    await posted(ann, ann.keys, { keyBlock: await armored(await block) });
    const checked = verify.mock.calls.reduce((sum, [{ checks }]) => sum + checks.length, 0);
    expect(checked).toBeGreaterThan(MAX_FORGED_CERTIFICATIONS);
    expect(checked).toBeLessThanOrEqual(2 * MAX_FORGED_CERTIFICATIONS);
    verify.mockRestore();
  });
});

describe('a code on the screen', () => {
  async function codeOfBob(): Promise<string> {
    const { uri } = await bob.call('cards.own', { ...ofBob(), withCode: true });
    return /code=([^&]+)/.exec(uri)?.[1] ?? '';
  }

  it('proves nothing in a letter that was written to another person and passed on', async () => {
    const scanCode = await codeOfBob();
    expect(await posted(ann, ann.keys, { to: [carol.address], notices: { scanCode } })).toMatchObject({
      folder: 'requests',
    });
    expect(await bob.call('contacts.list', ofBob())).toEqual([]);
    expect(await posted(ann, ann.keys, { notices: { scanCode } })).toMatchObject({ folder: 'inbox' });
    expect(await bobKnows(ann.address)).toMatchObject({ scannedYouAt: clock.now(), standing: { kind: 'unverified' } });
  });

  it('proves nothing after its day, nor a second time, nor in the same letter once more', async () => {
    const late = await codeOfBob();
    clock.advance(DAY + 1);
    expect(await posted(ann, ann.keys, { notices: { scanCode: late } })).toMatchObject({ folder: 'requests' });
    const notices = { scanCode: await codeOfBob() };
    const letter = { messageId: `<once@${carol.onion}>`, notices };
    expect(await posted(carol, carol.keys, letter)).toMatchObject({ folder: 'inbox' });
    const contactId = (await bobKnows(carol.address))!.id;
    await bob.call('contacts.remove', { ...ofBob(), contactId });
    expect(await post(carol, carol.keys, letter)).toBe('250 2.0.0 Stored');
    expect(await posted(ann, ann.keys, { notices })).toMatchObject({ folder: 'requests' });
    expect(await bob.call('contacts.list', ofBob())).toEqual([]);
  });
});

describe('the notice of a move', () => {
  async function noticeBy(keys: IdentityKeys): Promise<Partial<OutgoingMessage>> {
    const target = await stranger('target');
    const blocks = await Promise.all([certifiedBy(keys, target.keys), certifiedBy(target.keys, keys)]);
    return {
      messageId: `<moved@${ann.onion}>`,
      notices: { movedTo: target.address },
      otherKeyBlocks: await Promise.all(blocks.map(armored)),
    };
  }

  it('does not come back when the letter is played again', async () => {
    const { id: contactId } = await befriend(ann);
    const notice = await noticeBy(ann.keys);
    await posted(ann, ann.keys, notice);
    expect(await bobKnows(ann.address)).toHaveProperty('moveNotice');
    await bob.call('contacts.answerMove', { ...ofBob(), contactId, accept: false });
    expect(await post(ann, ann.keys, notice)).toBe('250 2.0.0 Stored');
    expect(await bobKnows(ann.address)).not.toHaveProperty('moveNotice');
  });

  it('is not heard from a key that the user has not accepted', async () => {
    await befriend(ann);
    const next = await ann.pgp.generateIdentityKeys({
      address: ann.address,
      onionSeed: ann.seed,
      now: clock.now() + 1000,
    });
    await posted(ann, next, await noticeBy(next));
    const contact = await bobKnows(ann.address);
    expect(contact).toMatchObject({ standing: { kind: 'changed' } });
    expect(contact).not.toHaveProperty('moveNotice');
  });
});

describe('a person who vouches', () => {
  it('does so for one address, not for another address with the same key', async () => {
    await befriend(ann, { introducer: true });
    expect(await introduced(carol, ann.keys)).toMatchObject({ folder: 'inbox', introducedBy: [ann.address] });
    const president = await stranger('president');
    const secretKey = new TextEncoder().encode(
      await carol.pgp.exportSecretKey({ ...carol.keys, passphrase: 'a long passphrase' }),
    );
    const adopted = await carol.pgp.adoptKey({
      secretKey,
      passphrase: 'a long passphrase',
      address: president.address,
      onionSeed: president.seed,
      now: clock.now(),
    });
    if (adopted.outcome === 'refused') throw new Error(adopted.problem);
    expect(adopted.keys.fingerprint).toBe(carol.keys.fingerprint);
    const letter = await posted(president, adopted.keys);
    expect(letter).toMatchObject({ folder: 'requests' });
    expect(letter).not.toHaveProperty('introducedBy');
    expect(await bob.call('contacts.add', { ...ofBob(), address: carol.address, name: 'Carol' })).toMatchObject({
      standing: { kind: 'introduced' },
    });
    expect(await bob.call('requests.accept', { ...ofBob(), messageId: letter.id })).toMatchObject({
      standing: { kind: 'unverified' },
    });
    expect(await bobKnows(carol.address)).toMatchObject({ standing: { kind: 'introduced' } });
  });

  it('cannot be the user by an old certification that a peer kept', async () => {
    const { id: contactId } = await befriend(ann, { shared: true, introducer: true });
    const { keys: word } = await bob.call('keys.export', { ...ofBob(), contactIds: [contactId], withLocal: false });
    await bob.call('contacts.remove', { ...ofBob(), contactId });
    const { id: messageId } = await posted(ann, ann.keys, { keyBlock: word });
    await bob.call('requests.accept', { ...ofBob(), messageId });
    await posted(ann, ann.keys, { keyBlock: word });
    expect(await bobKnows(ann.address)).toMatchObject({ standing: { kind: 'unverified' } });
    expect(await introduced(carol, ann.keys)).toMatchObject({ folder: 'requests' });
  });

  it.each([
    ['of tomorrow and later', { now: 2 * DAY }],
    ['that has ended', { now: -20 * DAY, expiresAt: -DAY }],
  ])('is not heard in a certification %s', async (_, o) => {
    clock.advance(30 * DAY);
    const old = await makeAttacker({ localPart: 'old', now: clock.now() - 25 * DAY });
    await befriend(old, { introducer: true });
    const at = (time: number): number => clock.now() + time;
    const { body } = await old.pgp.certify({
      secretKey: old.keys.secretKey,
      subject: carol.keys.publicKey,
      level: 'positive',
      exportable: true,
      now: at(o.now),
      ...('expiresAt' in o ? { expiresAt: at(o.expiresAt) } : {}),
    });
    const keyBlock = await armored(await old.pgp.withCertifications({ block: carol.keys.publicKey, bodies: [body] }));
    expect(await posted(carol, carol.keys, { keyBlock })).toMatchObject({ folder: 'requests' });
  });

  it('is not passed on by a person who was told in confidence', async () => {
    await befriend(ann, { introducer: true });
    await introduced(carol, ann.keys);
    await bob.call('contacts.add', { ...ofBob(), address: carol.address, name: 'Carol' });
    await befriend(await stranger('dave'));
    const dave = (await bob.call('contacts.list', ofBob())).find(({ address }) => address.startsWith('dave@'))!;
    const waits = bob.when(
      'delivery.changed',
      ({ delivery: { recipient, state } }) => recipient === carol.address && state === 'recipient-offline',
    );
    const { id: messageId } = await sendMail(bob, b, { to: [carol.address, dave.address] });
    await waits;
    const outer = await carol.mime.parseOuter(await bob.call('messages.raw', { ...ofBob(), messageId }));
    if (outer.outcome === 'refused') throw new Error(outer.reason);
    const opened = await carol.pgp.decrypt({ sealed: outer.sealed, secretKey: carol.keys.secretKey });
    if (opened.outcome === 'refused') throw new Error(opened.reason);
    const inner = await carol.mime.readHead(opened.content);
    if (inner.outcome === 'refused') throw new Error(inner.reason);
    const read = await Promise.all(inner.keyBlocks.map((block) => carol.pgp.readCertifications({ block })));
    expect(inner.keyBlocks).toHaveLength(3);
    expect(read.flatMap(({ certifications }) => certifications)).toEqual([]);
  });
});

describe('a flood of keys', () => {
  it('does not come from strangers who write another issuer’s name under their own keys', async () => {
    await befriend(ann, { introducer: true });
    const other = await stranger('other');
    const { body } = await ann.pgp.certify({
      secretKey: ann.keys.secretKey,
      subject: other.keys.publicKey,
      level: 'positive',
      exportable: true,
      trust: full,
      now: clock.now(),
    });
    const forged = await ann.pgp.withCertifications({ block: carol.keys.publicKey, bodies: [body] });
    expect(await posted(carol, carol.keys, { keyBlock: await armored(forged) })).toMatchObject({ folder: 'requests' });
    const { nodes, omitted } = await bob.call('trust.graph', { ...ofBob(), limit: 100 });
    expect(nodes.length + omitted).toBe(2);
  });

  it('comes from one letter only in a limited number, and leaves room for contacts', async () => {
    await befriend(ann);
    const crowd = await Promise.all(Array.from({ length: 12 }, (_, index) => stranger(`crowd${String(index)}`)));
    const block = new Uint8Array(Buffer.concat(crowd.map(({ keys }) => keys.publicKey)));
    await posted(ann, ann.keys, { otherKeyBlocks: [await armored(block)] });
    const { nodes, omitted } = await bob.call('trust.graph', { ...ofBob(), limit: 100 });
    expect(nodes.length + omitted).toBe(2 + 5);
  });
});

describe('a verification that has ended', () => {
  it('does not keep the key from being learned', async () => {
    const onion = await SlowOnion.of(network, ann);
    network.withdraw(ann.onion);
    const { id: contactId } = await bob.call('contacts.verifyCard', {
      ...ofBob(),
      text: ann.address,
      certify: { ...certify, expiresAt: clock.now() + DAY },
    });
    clock.advance(2 * DAY);
    onion.close();
    const again = await SlowOnion.of(network, ann);
    expect(await bob.call('contacts.fetchKey', { ...ofBob(), contactId })).toMatchObject({
      keyState: 'certified',
      standing: { kind: 'unverified' },
    });
    again.close();
  });
});

describe('a card', () => {
  it.each(['plain', 'shouting', 'tagged'])('is compared by its mailbox, however it is spelt: %s', async (how) => {
    const { id: expected } = await befriend(ann);
    const spelt =
      { plain: ann.address, shouting: ann.address.toUpperCase(), tagged: ann.address.replace('@', '+x@') }[how] ?? '';
    expect(await bob.call('cards.read', { ...ofBob(), text: spelt, expected })).toMatchObject({
      outcome: 'match',
      contactId: expected,
    });
    const other =
      { plain: carol.address, shouting: carol.address.toUpperCase(), tagged: carol.address.replace('@', '+ann@') }[
        how
      ] ?? '';
    expect(await bob.call('cards.read', { ...ofBob(), text: other, expected })).toMatchObject({
      outcome: 'other-address',
      address: carol.address,
    });
    await expect(bob.call('contacts.verifyCard', { ...ofBob(), text: other, expected, certify })).rejects.toMatchObject(
      { code: 'card-refused' },
    );
  });

  it.each([
    ['low-order', '01'.padEnd(64, '0')],
    ['low-order', ORDER_8],
    ['low-order', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ])('with an onion whose point is of %s is refused: %s', async (addressProblem, point) => {
    const text = `mailto:eve@${onionAt(point)}?fpr=${ann.keys.fingerprint}`;
    expect(await bob.call('cards.read', { ...ofBob(), text })).toEqual({
      outcome: 'refused',
      problem: 'address-invalid',
      addressProblem,
    });
    await expect(bob.call('contacts.verifyCard', { ...ofBob(), text, certify })).rejects.toMatchObject({
      code: 'card-refused',
    });
  });
});
