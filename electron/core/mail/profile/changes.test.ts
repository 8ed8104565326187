import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agree, contactOf, knowsHolders, makePerson, verify, type CustodyPerson } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, sendMail } from '../../testing/make-test-core';
import { submitMessage } from '../outgoing/submit-message';
import { saveDraft } from '../outgoing/write-draft';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob'),
    makePerson(network, 'dave'),
  ]);
  await agree(bob, dave);
});
afterEach(() => Promise.all([alice, bob, dave].map(({ core }) => core.remove())));

/** Submits a message without a call, as a mail program will. */
function submitAtBob(subject: string): void {
  const { services, session } = bob.core.inside;
  const mailbox = session.require(bob.own.id);
  const content = { to: [alice.own.address], cc: [], bcc: [], subject, text: 'Directly' };
  submitMessage(services, mailbox, saveDraft(services, mailbox, { content }).id);
}

describe('a contact hears of holders however they became one', () => {
  it('by mail with a code that they scanned', async () => {
    const { uri } = await bob.core.call('cards.own', { identityId: bob.own.id, withCode: true });
    await alice.core.call('contacts.verifyCard', {
      identityId: alice.own.id,
      text: uri,
      certify: { level: 'positive', shared: false },
    });
    await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'I have your code' });
    await knowsHolders(alice, bob, 1);
    expect((await contactOf(bob, alice))?.address).toBe(alice.own.address);
  });

  it('by a move that the user follows', async () => {
    const bobAtAlice = await verify(alice, bob);
    await verify(bob, alice);
    const moved: CustodyPerson = { core: alice.core, own: await makeIdentity(alice.core, 'alice') };
    await verify(moved, bob);
    const told = bob.core.when('contact.changed', ({ contact }) => contact.moveNotice !== undefined);
    await alice.core.call('identities.announceMove', {
      identityId: alice.own.id,
      toIdentityId: moved.own.id,
      contactIds: [bobAtAlice.id],
    });
    const { contact } = await told;
    await bob.core.call('contacts.answerMove', { identityId: bob.own.id, contactId: contact.id, accept: true });
    await knowsHolders(moved, bob, 1);
  });

  it('by a submission, which goes out without a call to the core', async () => {
    await alice.core.call('contacts.add', { identityId: alice.own.id, address: bob.own.address, name: 'Bob' });
    const stored = alice.core.when('message.stored', ({ message }) => message.subject === 'From outside');
    submitAtBob('From outside');
    expect((await stored).message.folder).toBe('inbox');
    await knowsHolders(alice, bob, 1);
  });
});

describe('mail that was taken', () => {
  it('has taught its keys when what follows from it has settled', async () => {
    await verify(alice, bob);
    await verify(bob, alice);
    await verify(alice, dave);
    const [toBob, toDave] = await Promise.all([contactOf(alice, bob), contactOf(alice, dave)]);
    const answered = alice.core.when(
      'delivery.changed',
      ({ delivery }) => delivery.recipient === bob.own.address && delivery.state === 'delivered',
    );
    await alice.core.call('contacts.introduce', {
      identityId: alice.own.id,
      first: toBob?.id ?? '',
      second: toDave?.id ?? '',
      note: '',
    });
    await answered;
    const mailbox = bob.core.inside.session.require(bob.own.id);
    await mailbox.settled();
    const fingerprint = (await contactOf(bob, dave))!.fingerprint!;
    expect(mailbox.keyring.certificationsOn(fingerprint).map(({ issuer }) => issuer)).toContain(alice.own.fingerprint);
  });
});
