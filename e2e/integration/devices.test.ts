import { once } from 'node:events';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Identity } from '../../shared/identity';
import { devicePorts, type NewDevice } from '../../shared/programs/device';
import { clientKeyLine } from '../../shared/programs/device-text';
import { deviceSetup } from '../../renderer/features/settings/devices/device-setup';
import { Person } from '../harness/people/person';
import { ChildOutput } from '../harness/process/child-output';
import { ProgramHome, type ProgramResult } from '../harness/programs/program-home';
import { startClientTor, type ClientTor } from '../harness/tor/client-tor';
import { socksStream } from '../harness/tor/socks-stream';

/** tor's answer when a descriptor is there, but not for us. */
const NEEDS_AUTH = 0xf4;
/** What curl ends with when the server refuses name and password, and when the proxy gets nowhere (curl's manual). */
const CURL_LOGIN_DENIED = 67;
const CURL_PROXY = 97;

let owner: Person;
let alice: Identity;
let work: Identity;
let phone: NewDevice;
/** The tor on the phone, and one that has not got the key. */
let withKey: ClientTor;
let withoutKey: ClientTor;
let programs: ProgramHome;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  programs = new ProgramHome('device-programs');
  owner = await Person.start({ name: 'devices', torrc, localParts: ['alice', 'work'] });
  [alice, work] = owner.identities as [Identity, Identity];
  await owner.core.call('contacts.add', { identityId: alice.id, address: work.address, name: 'Work' });
  phone = await addDevice('Phone');
  [withKey, withoutKey] = await Promise.all([startClientTor(torrc, [clientKeyLine(phone)]), startClientTor(torrc, [])]);
});

afterAll(async () => {
  await Promise.all([owner.end(), withKey.stop(), withoutKey.stop()]);
  programs.remove();
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
  const { code, socket } = await socksStream({ port: tor.port }, { host: device.onion, port });
  socket.destroy();
  return code;
}

/** Reads from the phone's inbox by curl. */
function readByCurl(tor: ClientTor, password = phone.password): Promise<ProgramResult> {
  const lines = [`user = "${alice.address}:${password}"`, `proxy = "socks5h://127.0.0.1:${String(tor.port)}"`];
  const config = programs.write('curlrc', `${lines.join('\n')}\n`);
  const url = `imap://${phone.device.onion}:${String(devicePorts.imap)}/INBOX;MAILINDEX=1`;
  return programs.run(['curl', '--silent', '--show-error', '--config', config, url]);
}

/** Sends by msmtp, set up as Settings says for another computer. */
function sendByMsmtp(tor: ClientTor, subject: string): Promise<ProgramResult> {
  const { device, password } = phone;
  const login = { user: alice.address, password, onion: device.onion, keyLine: clientKeyLine(phone) };
  const file = deviceSetup('computer', login).files.find(({ name }) => name === '~/.msmtprc')!;
  const config = programs.write(file.name, file.text.replace('proxy_port 9050', `proxy_port ${String(tor.port)}`));
  const letter = `From: ${alice.address}\nTo: ${work.address}\nSubject: ${subject}\n\nOn my way.\n`;
  return programs.run(['msmtp', '-C', config, '-t'], letter);
}

/** A connection of the phone's mail program that waits for new mail; no line that is waited for comes twice. */
async function idle(): Promise<{ readonly lines: ChildOutput; readonly closed: Promise<unknown> }> {
  const { code, socket } = await socksStream(
    { port: withKey.port },
    { host: phone.device.onion, port: devicePorts.imap },
  );
  expect(code).toBe(0);
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  const lines = new ChildOutput(socket);
  socket.resume();
  for (const [command, answered] of [
    [`a LOGIN alice ${phone.password}`, /^a OK/u],
    ['b SELECT INBOX', /^b OK/u],
    ['c IDLE', /^\+ /u],
  ] as const) {
    socket.write(`${command}\r\n`);
    await lines.line(answered);
  }
  return { lines, closed };
}

test('programs of a phone that has the key of its onion read and send by its own tor, until it is removed', async () => {
  const waiting = await idle();
  await owner.send({ from: work, to: alice.address, subject: 'to the phone' });
  await waiting.lines.line(/^\* 1 EXISTS/u);
  const read = await readByCurl(withKey);
  expect(read).toMatchObject({ status: 0, stderr: '' });
  expect(read.stdout.toString()).toMatch(/^Subject: to the phone\r$/mu);
  expect((await readByCurl(withKey, 'aaaaa-aaaaa-aaaaa-aaaaa')).status).toBe(CURL_LOGIN_DENIED);
  expect(await sendByMsmtp(withKey, 'from the phone')).toMatchObject({ status: 0, stderr: '' });
  await owner.received('from the phone');

  await owner.core.call('devices.remove', { programId: phone.device.id });
  await waiting.closed;
  // All at once: a tor may look for two minutes before it gives an onion up that it has found before.
  const [imap, submission, curl, msmtp] = await Promise.all([
    answer(withKey, phone, devicePorts.imap),
    answer(withKey, phone, devicePorts.submission),
    readByCurl(withKey),
    sendByMsmtp(withKey, 'too late'),
  ]);
  expect([imap, submission]).not.toContain(0);
  expect(curl.status).toBe(CURL_PROXY);
  expect(msmtp.status).not.toBe(0);
});

test('without its own key the onion of a device is not there', async () => {
  const laptop = await addDevice('Laptop');
  for (const port of [devicePorts.imap, devicePorts.submission, 25])
    expect(await answer(withoutKey, laptop, port)).toBe(NEEDS_AUTH);
  // The phone has a key, of another onion.
  expect(await answer(withKey, laptop, devicePorts.imap)).toBe(NEEDS_AUTH);
});
