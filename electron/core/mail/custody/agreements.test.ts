import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultHoldTerms } from '../../../../shared/custody';
import { AgreementId, MailAddress } from '../../../../shared/ids';
import type { AgreementTerms } from '../../../../shared/wire/control-message';
import { agreementText } from '../../domain/custody/agreement';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import {
  agree,
  clientOf,
  contactOf,
  deliveryIs,
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
import { SmtpPeer } from '../../testing/smtp-peer';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob'),
    makePerson(network, 'dave'),
  ]);
  await verify(alice, bob);
  await verify(bob, alice);
});
afterAll(async () => {
  await Promise.all([alice, bob, dave].map(({ core }) => core.remove()));
  await network.stop();
});

const crypto = createCustodyCrypto();

function termsBetween(client: MailAddress, holder: MailAddress): AgreementTerms {
  const now = Date.now();
  return {
    id: AgreementId.parse(randomUUID()),
    client,
    holder,
    terms: defaultHoldTerms,
    from: now,
    until: now + 100 * 86_400_000,
  };
}

/** A contact of Dave's who can send anything. */
async function makeContactOf(
  { core, own }: CustodyPerson,
  localPart: string,
): Promise<{ attacker: Attacker; control: (agreed: AgreementTerms, seed: Uint8Array) => Promise<void> }> {
  const attacker = await makeAttacker({ localPart, now: Date.now() });
  await core.call('contacts.add', { identityId: own.id, address: attacker.address, name: localPart });
  const { key } = await core.call('identities.exportPublicKey', { identityId: own.id });
  return {
    attacker,
    control: async (agreement, seed) => {
      const signature = crypto.sign({ seed, text: agreementText(agreement) });
      const raw = await attacker.letter({
        to: own.address,
        key: binaryKey(key),
        forgery: { message: { control: { kind: 'hold.ask', agreement, signature } } },
      });
      const peer = await SmtpPeer.at(network, own.onion);
      expect(await peer.transact({ from: attacker.address, to: own.address, raw })).toMatchObject({
        content: '250 2.0.0 Stored',
      });
      peer.close();
      await settled({ core, own });
    },
  };
}

describe('a question to hold mail', () => {
  it('waits for an answer only when it is signed by the contact who asks', async () => {
    const { attacker: mallory, control } = await makeContactOf(dave, 'mallory');
    await control(termsBetween(mallory.address, dave.own.address), new Uint8Array(randomBytes(32)));
    await control(termsBetween(bob.own.address, dave.own.address), mallory.seed);
    await control(termsBetween(mallory.address, alice.own.address), mallory.seed);
    await control(
      { ...termsBetween(mallory.address, dave.own.address), until: Date.now() + 10 * 365 * 86_400_000 },
      mallory.seed,
    );
    expect((await dave.core.call('holding.view', { identityId: dave.own.id })).clients).toEqual([]);
    await control(termsBetween(mallory.address, dave.own.address), mallory.seed);
    const [asked] = (await dave.core.call('holding.view', { identityId: dave.own.id })).clients;
    expect(asked).toMatchObject({ address: mallory.address, state: 'asked', terms: defaultHoldTerms });
    expect(
      await dave.core.call('holding.answer', {
        identityId: dave.own.id,
        agreementId: asked!.agreementId,
        accept: false,
      }),
    ).toMatchObject({ state: 'refused' });
    await dave.core.call('holding.forget', { identityId: dave.own.id, agreementId: asked!.agreementId });
    expect(
      (await dave.core.call('messages.page', { identityId: dave.own.id, folder: 'inbox', limit: 10 })).messages,
    ).toEqual([]);
  });

  it('goes only to verified contacts', async () => {
    const stranger = MailAddress.parse(`stranger@${(await makeAttacker({ localPart: 'x', now: Date.now() })).onion}`);
    const { id } = await bob.core.call('contacts.add', { identityId: bob.own.id, address: stranger, name: '' });
    await expect(
      bob.core.call('holding.ask', { identityId: bob.own.id, contactId: id, terms: defaultHoldTerms }),
    ).rejects.toMatchObject({ code: 'hold-refused', reason: 'not-trusted' });
  });
});

describe('an agreement', () => {
  it('is known only to contacts that the user chose; a peer who names no held recipient hears the same', async () => {
    await agree(bob, dave);
    await knowsHolders(alice, bob, 1);
    const peer = await SmtpPeer.at(network, dave.own.onion);
    await peer.ask('MAIL FROM:<>');
    const answers = new Set([
      await peer.ask(`RCPT TO:<${'a'.repeat(26)}@${bob.own.onion}>`),
      await peer.ask(`RCPT TO:<${bob.own.address}>`),
      await peer.ask(`RCPT TO:<${'a'.repeat(26)}@${alice.own.onion}>`),
      await peer.ask(`RCPT TO:<nobody@${dave.own.onion}>`),
    ]);
    expect([...answers]).toEqual(['550 5.1.1 No such mailbox here']);
    peer.close();
  });

  it('that its holder ends still hands over what was held, and takes nothing new', async () => {
    bob.core.onion.setOnline(false);
    const held = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Before the end' });
    await deliveryIs(alice, held.id, 'held');
    const agreement = await clientOf(dave, bob);
    await dave.core.call('holding.end', { identityId: dave.own.id, agreementId: agreement!.agreementId });
    await expect(
      dave.core.call('holding.forget', { identityId: dave.own.id, agreementId: agreement!.agreementId }),
    ).rejects.toMatchObject({ code: 'hold-refused', reason: 'not-over' });
    const late = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'After the end' });
    await until(alice.core, async () => {
      const history = await alice.core.call('messages.history', { identityId: alice.own.id, messageId: late.id });
      return history.some(({ kind }) => kind === 'holder-refused') ? true : undefined;
    });
    expect(await clientOf(dave, bob)).toMatchObject({ state: 'ended', endedBy: 'us', heldMessages: 1 });

    alice.core.onion.setOnline(false);
    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).length === 1 ? true : undefined));
    expect(await subjectsOf(bob)).toEqual(['Before the end']);
    await until(bob.core, async () => ((await holderOf(bob, dave))?.state === 'ended' ? true : undefined));
    expect(await holderOf(bob, dave)).toMatchObject({ endedBy: 'them' });
    alice.core.onion.setOnline(true);
    await knowsHolders(alice, bob, 0);
    await deliveryIs(alice, late.id, 'delivered');
  });
});

describe('the pairing code of another machine', () => {
  it('makes it hold without being asked, once', async () => {
    const machine = await makePerson(network, 'machine');
    const { text } = await machine.core.call('holding.pairingCode', { identityId: machine.own.id });
    await bob.core.call('holding.pair', { identityId: bob.own.id, text, name: 'My server' });
    await until(bob.core, async () => ((await holderOf(bob, machine))?.state === 'active' ? true : undefined));
    expect(await clientOf(machine, bob)).toMatchObject({ state: 'active' });
    expect(await contactOf(bob, machine)).toMatchObject({ name: 'My server' });

    await verify(machine, alice);
    await alice.core.call('holding.pair', { identityId: alice.own.id, text });
    await until(machine.core, async () => (await clientOf(machine, alice))?.state);
    expect(await clientOf(machine, alice)).toMatchObject({ state: 'asked' });
    await machine.core.remove();
  });
});

describe('a peer that asks for the mail of an onion', () => {
  it('hears the same whether any is kept for it or not', async () => {
    const peer = await SmtpPeer.at(network, dave.own.onion);
    expect(await peer.ask(`ETRN ${bob.own.onion}`)).toBe(await peer.ask(`ETRN ${alice.own.onion}`));
    peer.close();
  });
});
