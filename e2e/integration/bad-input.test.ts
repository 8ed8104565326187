import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Person } from '../harness/people/person';
import { randomAddress } from '../harness/people/random-address';
import { SmtpPeer } from '../harness/process/smtp-peer';
import type { Door } from '../harness/process/listening-doors';
import { smtpDoor } from '../harness/tor/tor-facing-doors';

let alice: Person;
let bob: Person;
/** Where tor hands Bob's mail over. */
let door: Door = 0;
let sealed: Buffer;
let envelope: { from: string; to: string };
/** Octets of the largest message that is taken. */
let limit = 0;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  [alice, bob] = await Promise.all([
    Person.start({ name: 'alice', torrc, localParts: ['alice', 'mallory'] }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
  await alice.send({ from: alice.identity, to: bob.identity.address, subject: 'good' });
  const good = await bob.received('good');
  sealed = Buffer.from(await bob.core.call('messages.raw', { identityId: bob.identity.id, messageId: good.id }));
  envelope = { from: alice.identity.address, to: bob.identity.address };
  door = await smtpDoor(bob.node.pid!);
  limit = await announcedLimit();
});

afterAll(() => Promise.all([alice, bob].map((person) => person.end())));

/** The size that Bob's program announces (RFC 1870). */
async function announcedLimit(): Promise<number> {
  const peer = await SmtpPeer.to(door);
  let text = '';
  peer.socket.on('data', (part: string) => {
    text += part;
  });
  await peer.ask('EHLO peer.onion');
  peer.close();
  return Number(/250[- ]SIZE (\d+)/u.exec(text)?.[1]);
}

/** Offers content under an envelope; the reply to it. */
async function offer(content: Uint8Array, { from, to } = envelope): Promise<string> {
  const peer = await SmtpPeer.to(door);
  await peer.data({ from, to });
  const reply = await peer.content(content);
  peer.close();
  return reply;
}

const changed = (pattern: RegExp, by: string): Buffer =>
  Buffer.from(sealed.toString('latin1').replace(pattern, by), 'latin1');
const headers = (): string =>
  `From: <${envelope.from}>\r\nTo: <${envelope.to}>\r\nSubject: hi\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\nMessage-ID: <1@${alice.identity.onion}>\r\n`;
const mallory = (): string => alice.identities.find(({ address }) => address.startsWith('mallory@'))!.address;

/** Nothing of what was tried is in the store, and good mail still arrives over Tor. */
async function unharmed(subject: string, before: readonly string[]): Promise<void> {
  expect(await bob.mail()).toEqual(before);
  await alice.send({ from: alice.identity, to: bob.identity.address, subject });
  await bob.received(subject);
  expect(await bob.mail()).toEqual([...before, subject].sort());
}

test('mail that is not its sender’s is refused with the reason', async () => {
  const before = await bob.mail();
  // The same mail once more is nothing new.
  expect(await offer(sealed)).toBe('250 2.0.0 Stored');
  expect(await offer(Buffer.from(`${headers()}\r\nunsigned\r\n`))).toMatch(/^550 5\.7\.1 Only signed and sealed mail/u);
  expect(await offer(sealed, { ...envelope, from: mallory() })).toMatch(
    /^550 5\.7\.1 The envelope sender and the From/u,
  );
  const stolen = changed(new RegExp(`^From: .*${alice.identity.onion}.*$`, 'mu'), `From: <${mallory()}>`);
  expect(stolen.equals(sealed)).toBe(false);
  expect(await offer(stolen, { ...envelope, from: mallory() })).toMatch(/^550 5\.7\.[17] /u);
  await unharmed('after the forgeries', before);
});

test('octets that no mail has are refused, and nothing of them is kept', async () => {
  const before = await bob.mail();
  const wire = async (content: string): Promise<string[]> => {
    const peer = await SmtpPeer.to(door);
    await peer.data(envelope);
    peer.socket.write(content, 'latin1');
    const replies = await peer.rest();
    peer.close();
    return replies;
  };
  expect(await wire(`${headers()}\r\nline\nnext\r\n.\r\n`)).toEqual(['554 5.6.0 Every line must end with CR LF']);
  expect(await wire(`${headers()}\r\nsmuggled\r\n.\nMAIL FROM:<${mallory()}>\r\n`)).toEqual([
    '554 5.6.0 Every line must end with CR LF',
  ]);
  expect(await wire(`${headers()}\r\nzero \0\r\n.\r\n`)).toEqual(['554 5.6.0 NUL is not allowed in a message']);
  await unharmed('after the octets', before);
});

test('more than is taken is refused, announced or not', async () => {
  const before = await bob.mail();
  expect(limit).toBeGreaterThan(25 << 20);
  const peer = await SmtpPeer.to(door);
  await peer.ask('EHLO peer.onion');
  expect(await peer.ask(`MAIL FROM:<${envelope.from}> SIZE=${limit + 1}`)).toMatch(/^552 5\.3\.4 /u);
  peer.close();

  const flood = await SmtpPeer.to(door);
  await flood.data(envelope);
  const block = Buffer.alloc(1 << 20, `${'x'.repeat(62)}\r\n`);
  for (let sent = 0; sent <= limit && flood.socket.writable; sent += block.length) {
    await new Promise<void>((written) => flood.socket.write(block, () => written()));
  }
  flood.socket.write('.\r\n');
  expect(await flood.reply()).toMatch(/^552 5\.3\.4 /u);
  flood.close();
  await unharmed('after the flood', before);
});

test('ten thousand recipients end the connection', async () => {
  const before = await bob.mail();
  const peer = await SmtpPeer.to(door);
  await peer.ask('EHLO peer.onion');
  await peer.ask(`MAIL FROM:<${envelope.from}>`);
  peer.socket.write(`RCPT TO:<${envelope.to}>\r\n`.repeat(10_000));
  const replies = await peer.rest();
  expect(replies.at(-1)).toMatch(/^421 4\.7\.0 /u);
  expect(replies.length).toBeLessThan(50);
  await unharmed('after the recipients', before);
});

test('slow and half-closed connections of strangers keep out nobody who is known', async () => {
  await bob.core.call('contacts.add', { identityId: bob.identity.id, address: alice.identity.address, name: 'Alice' });
  const before = await bob.mail();
  const slow = await Promise.all(Array.from({ length: 40 }, () => SmtpPeer.to(door)));
  const begun = await Promise.allSettled(slow.map((peer) => peer.data({ from: randomAddress(), to: envelope.to })));
  expect(begun.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(4);
  for (const peer of slow) peer.socket.write('S');
  const half = await SmtpPeer.to(door);
  half.socket.end(
    `EHLO peer.onion\r\nMAIL FROM:<${envelope.from}>\r\nRCPT TO:<${envelope.to}>\r\nDATA\r\nSubject: cut o`,
  );
  await half.rest();
  await unharmed('beside the slow', before);
  for (const peer of slow) peer.close();
  await unharmed('after the slow', [...before, 'beside the slow'].sort());
});
