import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Contact } from '../../shared/contact';
import { Person } from '../harness/people/person';

let alice: Person;
let bob: Person;
let carol: Person;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  [alice, bob, carol] = await Promise.all(
    ['alice', 'bob', 'carol'].map((name) => Person.start({ name, torrc, localParts: [name] })) as [
      Promise<Person>,
      Promise<Person>,
      Promise<Person>,
    ],
  );
});

afterAll(() => Promise.all([alice.end(), bob.end(), carol.end()]));

/** One scans the other's screen; resolves when the key has come over tor and is certified. */
async function scan(who: Person, whom: Person): Promise<Contact> {
  const { uri } = await whom.core.call('cards.own', { identityId: whom.identity.id, withCode: true });
  const { id } = await who.core.call('contacts.verifyCard', {
    identityId: who.identity.id,
    text: uri,
    certify: { level: 'positive', shared: false },
  });
  return who.core.event(
    (event) =>
      event.type === 'contact.changed' && event.contact.id === id && event.contact.standing.kind === 'verified'
        ? event.contact
        : undefined,
    {
      since: 0,
      what: `${whom.identity.address} to be verified`,
    },
  );
}

test('whom a trusted contact introduces comes into the inbox with the path', async () => {
  const [bobAtAlice, carolAtAlice, aliceAtBob] = await Promise.all([
    scan(alice, bob),
    scan(alice, carol),
    scan(bob, alice),
  ]);
  await bob.core.call('contacts.setIntroducer', {
    identityId: bob.identity.id,
    contactId: aliceAtBob.id,
    introducer: { depth: 1, amount: 'full' },
  });

  const [atBob, atCarol] = [bob.received('Introducing carol'), carol.received('Introducing bob')];
  await alice.core.call('contacts.introduce', {
    identityId: alice.identity.id,
    first: bobAtAlice.id,
    second: carolAtAlice.id,
    note: 'You both brew.',
  });
  const introduction = await atCarol;
  await atBob;
  const [card] = await carol.core.call('messages.cards', { identityId: carol.identity.id, messageId: introduction.id });
  expect(card).toMatchObject({ address: bob.identity.address });

  const first = bob.received('Alice told me of you');
  await carol.send({ from: carol.identity, to: bob.identity.address, subject: 'Alice told me of you' });
  const message = await first;
  expect(message).toMatchObject({
    folder: 'inbox',
    from: carol.identity.address,
    introducedBy: [alice.identity.address],
    protection: 'verified',
  });
});
