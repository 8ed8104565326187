import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultHoldTerms } from '../../../../shared/custody';
import { AgreementId, ContactId, CustodyId } from '../../../../shared/ids';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { agreementText } from '../../domain/custody/agreement';
import { heldEnvelopeText } from '../../domain/custody/envelope';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import {
  agree,
  clientOf,
  contactOf,
  holderOf,
  knowsHolders,
  makePerson,
  subjectsOf,
  until,
  verify,
  type CustodyPerson,
  settled,
} from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';
import { isOutOfDate } from './recipient/issue-tokens';
import {
  COLLECT_EVERY_MS,
  MAX_AGREEMENTS_PER_CLIENT,
  MISSING_GRACE_MS,
  TOKENS_PER_CONTACT,
} from '../../domain/custody-limits';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;
let mallory: Attacker;
let bobsKey: Uint8Array;
let bobsClock: SettableClock;

const crypto = createCustodyCrypto();

/** Dave holds for Bob; Mallory is a contact of Bob's and of Dave's. */
beforeAll(async () => {
  network = await LoopbackNetwork.start();
  bobsClock = new SettableClock(Date.now());
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob', bobsClock),
    makePerson(network, 'dave'),
  ]);
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
  mallory = await makeAttacker({ localPart: 'mallory', now: Date.now() });
  for (const { core, own } of [bob, dave])
    await core.call('contacts.add', { identityId: own.id, address: mallory.address, name: 'Mallory' });
  bobsKey = await keyOf(bob);
});
afterAll(async () => {
  await Promise.all([alice, bob, dave].map(({ core }) => core.remove()));
  await network.stop();
});

async function keyOf({ core, own }: CustodyPerson): Promise<Uint8Array> {
  return binaryKey((await core.call('identities.exportPublicKey', { identityId: own.id })).key);
}

async function tell({ core, own }: CustodyPerson, control: ControlMessage): Promise<void> {
  const { key } = await core.call('identities.exportPublicKey', { identityId: own.id });
  const raw = await mallory.letter({ to: own.address, key: binaryKey(key), forgery: { message: { control } } });
  const peer = await SmtpPeer.at(network, own.onion);
  expect(await peer.transact({ from: mallory.address, to: own.address, raw })).toMatchObject({
    content: '250 2.0.0 Stored',
  });
  peer.close();
  await settled({ core, own });
}

/** A held envelope of Mallory's to Bob with these facts, as if a holder handed it over. */
async function bring(subject: string, told: Partial<HeldEnvelopeFacts>): Promise<void> {
  const raw = await mallory.letter({ to: bob.own.address, key: bobsKey, forgery: { message: { subject } } });
  const facts = {
    sender: mallory.address,
    holder: dave.own.onion,
    tokenIndex: 0,
    counter: 1,
    outstanding: [],
    ...told,
  };
  const signature = crypto.sign({
    seed: mallory.seed,
    text: heldEnvelopeText({ ...facts, recipient: bob.own.address, digest: await crypto.digest(raw) }),
  });
  const sealed = await mallory.pgp.sealAnonymously({
    content: crypto.packHeldEnvelope({ facts: { ...facts, signature }, raw }),
    recipient: bobsKey,
    now: Date.now(),
  });
  const envelope = mallory.mime.wrapHeldEnvelope({ to: bob.own.address, date: Date.now(), sealed });
  const peer = await SmtpPeer.at(network, bob.own.onion);
  expect(await peer.transact({ from: '', to: bob.own.address, raw: Buffer.from(envelope) })).toMatchObject({
    content: '250 2.0.0 Stored',
  });
  peer.close();
  await settled(bob);
}

const viewOf = ({ core, own }: CustodyPerson): ReturnType<typeof core.call<'holding.view'>> =>
  core.call('holding.view', { identityId: own.id });

describe('a contact who lies in an envelope', () => {
  it('about a receipt blames no holder: what no holder has signed for is not missing', async () => {
    const at = Date.now();
    const receipt = {
      holder: dave.own.onion,
      client: bob.own.onion,
      custodyId: CustodyId.parse(randomUUID()),
      digest: '0'.repeat(64),
      at,
      until: at + 1e9,
      signature: `${'A'.repeat(85)}A`,
    };
    await bring('Lies', {
      counter: 2,
      outstanding: [{ counter: 1, messageId: `<never@${mallory.onion}>`, receipts: [receipt] }],
    });
    bobsClock.advance(MISSING_GRACE_MS + 1);
    expect((await viewOf(bob)).missing).toEqual([]);
    expect(await holderOf(bob, dave)).toMatchObject({ faults: { missing: 0 } });
  });

  it('about the number of its token does not end the tokens and holder lists of others', async () => {
    await bring('At the end', { counter: 3, tokenIndex: 0xffff_ffff });
    const carol = await makePerson(network, 'carol');
    await verify(carol, bob);
    await verify(bob, carol);
    await sendMail(bob.core, bob.own, { to: [carol.own.address], subject: 'Hello Carol' });
    await knowsHolders(carol, bob, 1);
    await carol.core.remove();
  });
});

describe('the list of tokens that a holder has', () => {
  it('never runs out, though the program is started anew after every message', () => {
    const id = ContactId.parse(randomUUID());
    let end = TOKENS_PER_CONTACT;
    for (let next = 0; next < 200; next += 1) {
      expect(next).toBeLessThan(end);
      const [asAtStart, now] = [new Map([[id, { seed: 's', next }]]), new Map([[id, { seed: 's', next: next + 1 }]])];
      if (isOutOfDate(asAtStart, now)) end = next + 1 + TOKENS_PER_CONTACT;
    }
  });
});

describe('a contact who asks without end', () => {
  it('does not take the places of all others', async () => {
    const now = Date.now();
    const ids = Array.from({ length: MAX_AGREEMENTS_PER_CLIENT + 2 }, () => AgreementId.parse(randomUUID()));
    for (const id of ids) {
      const agreement = {
        id,
        client: mallory.address,
        holder: dave.own.address,
        terms: defaultHoldTerms,
        from: now,
        until: now + 86_400_000,
      };
      await tell(dave, {
        kind: 'hold.ask',
        agreement,
        signature: crypto.sign({ seed: mallory.seed, text: agreementText(agreement) }),
      });
    }
    const { clients } = await viewOf(dave);
    expect(clients.filter(({ address }) => address === mallory.address)).toHaveLength(MAX_AGREEMENTS_PER_CLIENT);
  });
});

describe('a private identity', () => {
  it('is found again by its contacts when it was open in between', async () => {
    const { own, core } = alice;
    for (const isPrivate of [true, false, true]) {
      await core.call('identities.setPrivate', { identityId: own.id, isPrivate });
      await until(bob.core, async () => ((await contactOf(bob, alice))?.isPrivate === isPrivate ? true : undefined));
    }
    await sendMail(bob.core, bob.own, { to: [own.address], subject: 'Through the private onion' });
    await until(core, async () => ((await subjectsOf(alice)).includes('Through the private onion') ? true : undefined));
  });

  it('is not found any more by a contact who was removed', async () => {
    const contact = await contactOf(alice, bob);
    await alice.core.call('contacts.remove', { identityId: alice.own.id, contactId: contact!.id });
    const { summary } = await sendAndLook();
    expect(summary.deliveries).not.toMatchObject([{ state: 'delivered' }]);
  });

  async function sendAndLook(): ReturnType<typeof bob.core.call<'messages.read'>> {
    const { id } = await sendMail(bob.core, bob.own, { to: [alice.own.address], subject: 'Still there?' });
    return until(bob.core, async () => {
      const read = await bob.core.call('messages.read', { identityId: bob.own.id, messageId: id });
      return read.summary.deliveries.some(({ attempts }) => attempts > 0) ? read : undefined;
    });
  }
});

describe('a private onion', () => {
  it('is believed only when its own onion has signed whose it is', async () => {
    const stolen = {
      onion: dave.own.onion,
      authKey: Buffer.alloc(32, 1).toString('base64'),
      signature: crypto.sign({ seed: mallory.seed, text: 'Posthorn door 1' }),
    };
    await tell(bob, { kind: 'door', issuedAt: Date.now(), door: stolen });
    const contacts = await bob.core.call('contacts.list', { identityId: bob.own.id });
    expect(contacts.find(({ address }) => address === mallory.address)).toMatchObject({ isPrivate: false });
    expect(await clientOf(dave, bob)).toMatchObject({ state: 'active' });
  });
});

describe('an identity that appears offline, or a contact who was blocked', () => {
  it('asks no holder for mail while they appear offline, also when they are told to', async () => {
    const before = (await holderOf(bob, dave))?.reachedAt;
    await bob.core.call('identities.update', { identityId: bob.own.id, paused: true });
    bobsClock.advance(COLLECT_EVERY_MS * 2);
    await bob.core.call('holding.collect', { identityId: bob.own.id });
    await sendMail(bob.core, bob.own, { to: [dave.own.address], subject: 'A way there and back' });
    await until(dave.core, async () => ((await subjectsOf(dave)).includes('A way there and back') ? true : undefined));
    expect((await holderOf(bob, dave))?.reachedAt).toBe(before);
    await bob.core.call('identities.update', { identityId: bob.own.id, paused: false });
    await until(bob.core, async () => ((await holderOf(bob, dave))?.reachedAt === before ? undefined : true));
  });

  it('is no holder to leave mail with while private', async () => {
    const eve = await makePerson(network, 'eve');
    await verify(eve, bob);
    await verify(bob, eve);
    await sendMail(bob.core, bob.own, { to: [eve.own.address], subject: 'Hello Eve' });
    await knowsHolders(eve, bob, 1);
    for (const isPrivate of [true, false]) {
      await dave.core.call('identities.setPrivate', { identityId: dave.own.id, isPrivate });
      await knowsHolders(eve, bob, isPrivate ? 0 : 1);
    }
    await eve.core.remove();
  });

  it('ends what was agreed with a contact who is blocked', async () => {
    const contact = await contactOf(bob, dave);
    await bob.core.call('contacts.update', { identityId: bob.own.id, contactId: contact!.id, blocked: true });
    expect(await holderOf(bob, dave)).toMatchObject({ state: 'ended', endedBy: 'us' });
  });
});
