import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Identity } from '../../../shared/identity';
import { LoopbackNetwork } from '../testing/loopback-onion';
import type { TestCore } from '../testing/make-test-core';
import { makeIdentity, makeTestCore, passphrase, sendMail } from '../testing/make-test-core';
import { jsonLog, wantsDebug } from './json-log';

/** Two people with a debug log each: its reader must not learn to which people they write, or what they write. */
const lines: string[] = [];
const log = jsonLog({ write: (line) => lines.push(line), now: () => 0, debug: true });
const subject = 'Quincunx at the orchard';
const text = 'The saltimbocca was better than the rhododendron.';
let network: LoopbackNetwork;
let alice: TestCore;
let bob: TestCore;
let from: Identity;
let to: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, bob] = [await makeTestCore(network, { log }), await makeTestCore(network, { log })];
  [from, to] = [await makeIdentity(alice, 'aloysia'), await makeIdentity(bob, 'barnabas')];
  const arrived = bob.when('message.stored', ({ message }) => message.subject === subject);
  const sent = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
  await sendMail(alice, from, { to: [to.address], subject, text, files: [new Uint8Array(500)] });
  const { message } = await arrived;
  await sent;
  await bob.call('messages.read', { identityId: to.id, messageId: message.id });
  await bob.call('messages.search', { identityId: to.id, text: 'saltimbocca', limit: 5 });
  await bob.call('requests.accept', { identityId: to.id, messageId: message.id });
  await alice.call('contacts.add', { identityId: from.id, address: 'nobody@nowhere', name: '' }).catch(() => undefined);
});

afterAll(async () => {
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

const entries = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const events = (): unknown[] => entries().map(({ event }) => event);

test('it tells of each step, from the call to the delivery', () => {
  expect(events()).toEqual(
    expect.arrayContaining([
      'call.messages.submit',
      'hkp.fetch.found',
      'pgp.seal',
      'smtp-out.send.delivered',
      'receive.stored',
      'event.message.stored',
      'event.delivery.changed.delivered',
      'call.contacts.add.failed.address-invalid',
    ]),
  );
  expect(entries().find(({ event }) => event === 'smtp-in.receive')).toMatchObject({ code: 250 });
});

test('no line has an address, a name, an id, a subject, a word, a file, a key, a passphrase or a path', () => {
  const all = lines.join('').toLowerCase();
  const secrets = [from, to].flatMap(({ id, address, onion, fingerprint }) => [id, address, onion, fingerprint]);
  const words = [subject, text, passphrase, alice.directory, bob.directory].flatMap((each) => each.split(/[^\w-]+/u));
  const names = ['aloysia', 'barnabas', 'nowhere', 'file-0', '@', '.onion', '/', ...words.filter((w) => w.length > 4)];
  for (const secret of [...secrets, ...names]) expect(all).not.toContain(secret.toLowerCase());
});

test('a line has words that the code chose, and numbers', () => {
  for (const { time, level, event, ...fields } of entries()) {
    expect(time).toBe('1970-01-01T00:00:00.000Z');
    expect(['debug', 'info', 'warn', 'error']).toContain(level);
    expect(event).toMatch(/^[a-z][a-zA-Z]*([.-][a-zA-Z]+)*$/u);
    for (const value of Object.values(fields)) expect(['number', 'boolean']).toContain(typeof value);
  }
});

test('without POSTHORN_LOG=debug there is no such line, and nothing is traced', () => {
  expect([wantsDebug({}), wantsDebug({ POSTHORN_LOG: 'info' }), wantsDebug({ POSTHORN_LOG: 'debug' })]).toEqual([
    false,
    false,
    true,
  ]);
  expect(jsonLog({ write: () => undefined, now: () => 0 })).not.toHaveProperty('debug');
});
