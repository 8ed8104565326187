import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Identity } from '../../shared/identity';
import { asEvents, CircuitUse } from '../harness/tor/circuit-use';
import { Person } from '../harness/people/person';
import type { TorControl } from '../harness/tor/tor-control';

let alice: Person;
let bob: Person;
let tor: TorControl;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  [alice, bob] = await Promise.all([
    Person.start({ name: 'alice', torrc, localParts: ['alice', 'club', 'work'] }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
  tor = await alice.tor();
  await tor.command('SETEVENTS STREAM CIRC CIRC_MINOR');
});

afterAll(async () => {
  tor.close();
  await Promise.all([alice.end(), bob.end()]);
});

/** SOCKS user names that tor has been given so far. */
function users(): string[] {
  return [...new CircuitUse(tor.events).circuitsOf.keys()];
}

test('no circuit is shared between the identities of one machine', async () => {
  const userOf = new Map<string, string>();
  // One after the other, so that what is new is the one's who just sent: key, mail, and mail to a second onion.
  for (const [index, identity] of alice.identities.entries()) {
    const before = users();
    await alice.send({ from: identity, to: bob.identity.address, subject: `alone ${index}` });
    await alice.send({ from: identity, to: alice.identities[(index + 1) % 3]!.address, subject: `home ${index}` });
    const added = users().filter((user) => !before.includes(user));
    expect(added).toHaveLength(1);
    userOf.set(identity.address, added[0]!);
  }
  // All at once, while Bob answers each.
  await Promise.all(alice.identities.map((identity) => conversation(identity)));

  const status = await tor.command('GETINFO circuit-status stream-status');
  const use = new CircuitUse([...tor.events, ...asEvents(status)]);
  expect([...use.circuitsOf.keys()].sort()).toEqual([...userOf.values()].sort());
  const sets = [...use.circuitsOf.values()];
  for (const circuits of sets) expect(circuits.size).toBeGreaterThanOrEqual(4);
  const all = sets.flatMap((circuits) => [...circuits]);
  expect(new Set(all).size).toBe(all.length);

  // What others come in by is one service's alone, too.
  const incoming = [...use.servicesOf.values()];
  expect(new Set(incoming.flatMap((services) => [...services]))).toEqual(
    new Set(alice.identities.map(({ onion }) => onion.replace('.onion', ''))),
  );
  expect(incoming.every((services) => services.size === 1)).toBe(true);
  expect([...use.servicesOf.keys()].filter((circuit) => all.includes(circuit))).toEqual([]);
});

test('what tor is told to isolate by names nobody', () => {
  const { credentials } = new CircuitUse(tor.events);
  expect(credentials.size).toBeGreaterThanOrEqual(3 + 3 * 4);
  const random = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\+?$/u;
  expect([...credentials].filter((word) => !random.test(word))).toEqual([]);
  const known = [...alice.identities, ...bob.identities].flatMap(({ id, address, onion, fingerprint }) => [
    id,
    address,
    onion,
    fingerprint.toLowerCase(),
  ]);
  expect([...credentials].filter((word) => known.some((name) => name.includes(word)))).toEqual([]);
});

async function conversation(identity: Identity): Promise<void> {
  const round = async (number: number): Promise<void> => {
    const subject = `${identity.address.split('@')[0]!} ${number}`;
    await alice.send({ from: identity, to: bob.identity.address, subject });
    await bob.received(subject);
    await bob.send({ from: bob.identity, to: identity.address, subject: `Re: ${subject}` });
    await alice.received(`Re: ${subject}`);
  };
  await Promise.all([round(1), round(2)]);
}
