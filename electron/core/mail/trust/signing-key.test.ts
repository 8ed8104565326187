import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import type { MessageSummary } from '../../../../shared/message';
import { signerStanding, type SignerStanding } from '../../../../shared/signer-standing';
import { readKeyBlock, writeKeyBlock } from '../../pgp/keys/key-block';
import { makeSignature } from '../../pgp/packets/signatures';
import { openWorkshop } from '../../pgp/testing/forgery';
import type { IdentityKeys, PublicKeyBlock } from '../../ports/keys';
import type { OutgoingMessage } from '../../ports/mime';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

const DAY = 24 * 60 * 60_000;
const certify = { level: 'positive', shared: false } as const;

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
let bobsKey: PublicKeyBlock;
let ann: Attacker;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());
beforeEach(async () => {
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
  bobsKey = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  ann = await makeAttacker({ localPart: 'ann', now: clock.now() });
});
afterEach(() => bob.remove());

const ofBob = (): { identityId: Identity['id'] } => ({ identityId: b.id });
const armored = (block: PublicKeyBlock): Promise<string> => ann.pgp.armorPublicKey(block);

/** Sends a letter by these keys; answers the reply, once what the letter teaches is learned. */
async function post(who: Attacker, keys: IdentityKeys, changes: Partial<OutgoingMessage> = {}): Promise<string> {
  const keyBlock = await armored(keys.publicKey);
  const message = await who.message(b.address, { keyBlock, date: clock.now(), ...changes });
  const content = await who.mime.buildInner(message);
  const sealed = await who.pgp.seal({ content, secretKey: keys.secretKey, recipients: [bobsKey], now: clock.now() });
  const peer = await SmtpPeer.at(network, b.onion);
  const said = await peer.transact({
    from: message.from,
    to: b.address,
    raw: who.mime.wrapSealed({ message, sealed }),
  });
  peer.close();
  await bob.inside.session.require(b.id).settled();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

async function letter(keys: IdentityKeys, subject: string): Promise<() => Promise<SignerStanding>> {
  expect(await post(ann, keys, { subject })).toBe('250 2.0.0 Stored');
  return async () => {
    const found = (await mail()).find((message) => message.subject === subject)!;
    expect(found).toMatchObject({ protection: 'verified', signedBy: keys.fingerprint });
    return signerStanding(found, await contactAt(ann.address));
  };
}

async function mail(): Promise<MessageSummary[]> {
  const pages = (['inbox', 'requests'] as const).map((folder) =>
    bob.call('messages.page', { ...ofBob(), folder, limit: 500 }),
  );
  return (await Promise.all(pages)).flatMap(({ messages }) => messages);
}

async function contactAt(address: string): Promise<Contact | undefined> {
  return (await bob.call('contacts.list', ofBob())).find((each) => each.address === address);
}

async function accept(who: Attacker): Promise<Contact> {
  expect(await post(who, who.keys)).toBe('250 2.0.0 Stored');
  const { id: messageId } = (await mail()).find(({ folder, from }) => folder === 'requests' && from === who.address)!;
  return bob.call('requests.accept', { ...ofBob(), messageId });
}

async function verify(contactId: Contact['id'], { fingerprint }: IdentityKeys): Promise<void> {
  await bob.call('contacts.verifyFingerprint', { ...ofBob(), contactId, fingerprint, certify });
}

/** A day later the onion has another key. `vouches`: the key before signs for it, as the program does it. */
async function nextKey(before: IdentityKeys, o: { vouches: boolean }): Promise<IdentityKeys> {
  clock.advance(DAY);
  const asked = { address: ann.address, onionSeed: ann.seed, now: clock.now() };
  return o.vouches ? (await ann.pgp.replaceKey({ keys: before, ...asked })).keys : ann.pgp.generateIdentityKeys(asked);
}

function revoked(keys: IdentityKeys): Promise<IdentityKeys> {
  const asked = { keys, address: ann.address, onionSeed: ann.seed, now: clock.now() + 1000 };
  return ann.pgp.revokeKey({ ...asked, reason: 'compromised' });
}

describe('the badge of a message', () => {
  it.each([true, false])('is never that of a key which came later (the old one signs for it: %s)', async (vouches) => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const first = await letter(ann.keys, 'Mine');
    expect(await first()).toMatchObject({ kind: 'verified' });
    const thief = await nextKey(ann.keys, { vouches });
    const forged = await letter(thief, 'Send money');
    expect(await forged()).toMatchObject({ kind: 'changed' });
    const fresh = await nextKey(ann.keys, { vouches });
    const third = await letter(fresh, 'It is me again');
    await verify(id, fresh);
    expect(await third()).toMatchObject({ kind: 'verified' });
    expect(await forged()).toMatchObject({ kind: 'earlier-key', fate: 'never-accepted' });
    expect(await first()).toMatchObject(vouches ? { kind: 'verified' } : { kind: 'earlier-key', fate: 'replaced' });
  });

  it('tells of a key that was accepted and never verified, when its successor is', async () => {
    const { id } = await accept(ann);
    const first = await letter(ann.keys, 'One');
    const second = await nextKey(ann.keys, { vouches: true });
    await letter(second, 'Two');
    await verify(id, second);
    expect(await first()).toMatchObject({ kind: 'earlier-key', fate: 'vouched' });
  });

  it('goes when the key is found stolen, before and after it was replaced', async () => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const first = await letter(ann.keys, 'Mine');
    const stolen = await revoked(ann.keys);
    expect(await post(ann, ann.keys, { keyBlock: await armored(stolen.publicKey) })).toContain('key-revoked');
    expect(await first()).toMatchObject({ kind: 'revoked' });
    const fresh = await nextKey(ann.keys, { vouches: false });
    const second = await letter(fresh, 'Anew');
    await verify(id, fresh);
    expect(await second()).toMatchObject({ kind: 'verified' });
    expect(await first()).toMatchObject({ kind: 'earlier-key', fate: 'revoked' });
  });

  it('is not given to a key whose revocation stands in the same mail, beside a copy without it', async () => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const stolen = await revoked(ann.keys);
    const keyBlock = await armored(stolen.publicKey);
    const otherKeyBlocks = [await armored(ann.keys.publicKey)];
    expect(await post(ann, ann.keys, { keyBlock, otherKeyBlocks })).toContain('key-revoked');
    expect((await contactAt(ann.address))?.standing).toEqual({ kind: 'revoked' });
  });

  it('goes when a key that was replaced long ago is found stolen, and the window hears of it', async () => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const first = await letter(ann.keys, 'Mine');
    const second = await nextKey(ann.keys, { vouches: true });
    await letter(second, 'Two');
    await verify(id, second);
    expect(await first()).toMatchObject({ kind: 'verified' });
    const told = bob.when('contact.changed', ({ contact }) => contact.earlierKeys?.[0]?.revoked === true);
    const stolen = await revoked(ann.keys);
    expect(await post(ann, second, { otherKeyBlocks: [await armored(stolen.publicKey)] })).toBe('250 2.0.0 Stored');
    await told;
    expect(await first()).toEqual({ kind: 'earlier-key', fate: 'revoked', at: clock.now() });
  });

  it('goes with the word that the user takes back', async () => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const first = await letter(ann.keys, 'Mine');
    const second = await nextKey(ann.keys, { vouches: true });
    await letter(second, 'Two');
    await verify(id, second);
    await bob.call('contacts.revokeVerification', { ...ofBob(), contactId: id });
    expect(await first()).toMatchObject({ kind: 'earlier-key', fate: 'vouched' });
  });

  it('stays with the message when its sender is removed and comes back with another key', async () => {
    const { id } = await accept(ann);
    await verify(id, ann.keys);
    const first = await letter(ann.keys, 'Mine');
    await bob.call('contacts.remove', { ...ofBob(), contactId: id });
    expect(await first()).toMatchObject({ kind: 'unverified' });
    const other = await nextKey(ann.keys, { vouches: false });
    const again = await accept({ ...ann, keys: other });
    await verify(again.id, other);
    expect(await first()).toMatchObject({ kind: 'earlier-key', fate: 'unknown' });
  });
});

describe('a key that somebody has revoked and given the name of another person', () => {
  let victim: Attacker;
  let mallory: Attacker;

  beforeEach(async () => {
    [victim, mallory] = (await Promise.all(
      ['victim', 'mallory'].map((localPart) => makeAttacker({ localPart, now: clock.now() })),
    )) as [Attacker, Attacker];
  });

  /** Mallory's own key, revoked by itself (0x20), with Mallory's User ID or the victim's. */
  async function selfRevoked(named: 'mallory' | 'victim'): Promise<PublicKeyBlock> {
    const shop = await openWorkshop(mallory);
    const revocation = await makeSignature({
      key: shop.primary,
      type: 0x20,
      over: { key: shop.primary },
      at: clock.now(),
    });
    const [raw] = readKeyBlock(mallory.keys.publicKey)!;
    const userIds = named === 'mallory' ? raw!.userIds : readKeyBlock(victim.keys.publicKey)![0]!.userIds;
    return writeKeyBlock([{ packet: raw!.primary.packet, signatures: [revocation] }, ...userIds, ...raw!.subkeys]);
  }

  /** What a window can see of the victim. */
  async function known(): Promise<unknown> {
    const { nodes } = await bob.call('trust.graph', { ...ofBob(), limit: 500 });
    return [await contactAt(victim.address), nodes.filter(({ address }) => address === victim.address)];
  }

  const entrances: Readonly<Record<string, (block: PublicKeyBlock) => Promise<unknown>>> = {
    'forged mail': async (block) => {
      const messageId = `<x@${victim.onion}>`;
      const forged = { from: victim.address, messageId, keyBlock: await armored(block) };
      // Where the block has no certified key of the sender, their onion is asked, which is not there.
      expect(await post(mallory, mallory.keys, forged)).toMatch(/^(?:550 5\.7\.[17]|451 4\.7\.1) /);
    },
    'the mail of a contact': async (block) => {
      await accept(mallory);
      // With Mallory's own name it is Mallory's own key that is revoked, and so what signed the mail.
      expect(await post(mallory, mallory.keys, { otherKeyBlocks: [await armored(block)] })).toMatch(
        /^(?:250 2\.0\.0 Stored|550 5\.7\.1 The key of the sender is not accepted: key-revoked)$/,
      );
    },
    'a key file': async (block) => {
      const content = new TextEncoder().encode(await armored(block));
      await bob.call('keys.import', { ...ofBob(), content }).catch(() => undefined);
    },
  };

  it.each(['mallory', 'victim'] as const)(
    'is no revoked key of theirs to who forges mail (User ID of %s)',
    async (named) => {
      const keyBlock = await armored(await selfRevoked(named));
      const forged = { from: victim.address, messageId: `<x@${victim.onion}>`, keyBlock };
      expect(await post(mallory, mallory.keys, forged)).not.toContain('key-revoked');
    },
  );

  describe.each(Object.entries(entrances))('by %s', (_name, bring) => {
    it.each(['mallory', 'victim'] as const)('changes nothing where no key is known (User ID of %s)', async (named) => {
      const text = `mailto:${victim.address}?fpr=${victim.keys.fingerprint}`;
      await bob.call('contacts.verifyCard', { ...ofBob(), text, certify });
      const before = await known();
      await bring(await selfRevoked(named));
      expect(await known()).toEqual(before);
      expect((await contactAt(victim.address))?.standing).toEqual({ kind: 'no-key', verified: true });
      expect(await post(victim, victim.keys)).toBe('250 2.0.0 Stored');
      expect((await contactAt(victim.address))?.standing).toMatchObject({ kind: 'verified' });
    });

    it.each(['mallory', 'victim'] as const)('changes nothing where one is (User ID of %s)', async (named) => {
      await accept(victim);
      const before = await known();
      await bring(await selfRevoked(named));
      expect(await known()).toEqual(before);
    });

    it('while that of a key which the onion has truly certified is believed', async () => {
      await accept(victim);
      const asked = { keys: victim.keys, address: victim.address, onionSeed: victim.seed, now: clock.now() + 1000 };
      await bring((await victim.pgp.revokeKey({ ...asked, reason: 'compromised' })).publicKey);
      expect((await contactAt(victim.address))?.standing).toEqual({ kind: 'revoked' });
    });
  });
});
