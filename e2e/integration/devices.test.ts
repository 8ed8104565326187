import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Identity } from '../../shared/identity';
import { devicePorts, type NewDevice } from '../../shared/programs/device';
import { clientKeyLine } from '../../shared/programs/device-text';
import { Person } from '../harness/people/person';
import { ChildOutput } from '../harness/process/child-output';
import { startClientTor, type ClientTor } from '../harness/tor/client-tor';
import { socksStream } from '../harness/tor/socks-stream';

/** tor's answer when a descriptor is there, but not for us. */
const NEEDS_AUTH = 0xf4;

let owner: Person;
let alice: Identity;
let work: Identity;
let phone: NewDevice;
/** The tor on the phone, and one that has not got the key. */
let withKey: ClientTor;
let withoutKey: ClientTor;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  owner = await Person.start({ name: 'devices', torrc, localParts: ['alice', 'work'] });
  [alice, work] = owner.identities as [Identity, Identity];
  await owner.core.call('contacts.add', { identityId: alice.id, address: work.address, name: 'Work' });
  phone = await addDevice('Phone');
  [withKey, withoutKey] = await Promise.all([startClientTor(torrc, [clientKeyLine(phone)]), startClientTor(torrc, [])]);
});

afterAll(async () => {
  await Promise.all([owner.end(), withKey.stop(), withoutKey.stop()]);
});

/** Adds a device; resolves when its onion is published. */
async function addDevice(name: string): Promise<NewDevice> {
  const made = await owner.core.call('devices.add', { name, kind: 'phone', identityIds: [alice.id], form: 'unsealed' });
  const isOnline = ({ id, state }: NewDevice['device']): boolean => id === made.device.id && state === 'online';
  await owner.core.event((event) => (event.type === 'devices.changed' && event.devices.some(isOnline)) || undefined, {
    what: 'the onion of the device to be published',
  });
  return made;
}

/** What a tor says when it is asked for a device's onion. */
async function answer(tor: ClientTor, { device }: NewDevice, port: number): Promise<number> {
  const { code, socket } = await socksStream(tor.socks, { host: device.onion, port });
  socket.destroy();
  return code;
}

/** A connection of the phone's mail program; no line that is waited for comes twice. */
class Conversation {
  readonly #lines: ChildOutput;
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    this.closed = once(socket, 'close');
    socket.on('error', () => undefined);
    this.#lines = new ChildOutput(socket);
    socket.resume();
  }

  static async on(port: number): Promise<Conversation> {
    const { code, socket } = await socksStream(withKey.socks, { host: phone.device.onion, port });
    expect(code).toBe(0);
    return new Conversation(socket);
  }

  say(text: string, answered: RegExp): Promise<string> {
    this.socket.write(`${text}\r\n`);
    return this.#lines.line(answered);
  }
}

async function readMail(): Promise<Conversation> {
  const imap = await Conversation.on(devicePorts.imap);
  expect(await imap.say('a LOGIN alice wrong-password', /^a /u)).toMatch(/^a NO /u);
  expect(await imap.say(`b LOGIN alice ${phone.password}`, /^b /u)).toMatch(/^b OK/u);
  await imap.say('c SELECT INBOX', /^c OK/u);
  expect(await imap.say('d FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]', /^Subject:/iu)).toContain('to the phone');
  return imap;
}

async function sendMail(): Promise<Conversation> {
  const submission = await Conversation.on(devicePorts.submission);
  const login = Buffer.from(`\0${alice.address}\0${phone.password}`).toString('base64');
  await submission.say('EHLO localhost', /^250 /u);
  await submission.say(`AUTH PLAIN ${login}`, /^235 /u);
  await submission.say(`MAIL FROM:<${alice.address}>\r\nRCPT TO:<${work.address}>\r\nDATA`, /^354 /u);
  const head = `From: ${alice.address}\r\nTo: ${work.address}\r\nSubject: from the phone`;
  await submission.say(`${head}\r\n\r\nOn my way.\r\n.`, /^250 2\.0\.0 Queued/u);
  return submission;
}

test('a phone with the key of its onion reads and sends by its own tor, until it is removed', async () => {
  await owner.send({ from: work, to: alice.address, subject: 'to the phone' });
  await owner.received('to the phone');
  const [imap, submission] = [await readMail(), await sendMail()];
  await owner.received('from the phone');

  await owner.core.call('devices.remove', { programId: phone.device.id });
  await Promise.all([imap.closed, submission.closed]);
  expect(await answer(withKey, phone, devicePorts.imap)).not.toBe(0);
  expect(await answer(withKey, phone, devicePorts.submission)).not.toBe(0);
});

test('without its own key the onion of a device is not there', async () => {
  const laptop = await addDevice('Laptop');
  for (const port of [devicePorts.imap, devicePorts.submission, 25])
    expect(await answer(withoutKey, laptop, port)).toBe(NEEDS_AUTH);
  // The phone has a key, of another onion.
  expect(await answer(withKey, laptop, devicePorts.imap)).toBe(NEEDS_AUTH);
});
