import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Guest, NewGuest } from '../../../../../shared/guests/guest';
import type { Identity } from '../../../../../shared/identity';
import { openGpg, type Gpg } from '../../../pgp/testing/gpg';
import { systemClock } from '../../../runtime/system-clock';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../../testing/make-test-core';

const MIB = 1024 * 1024;
const PORTS = { smtp: 25, hkp: 80, imap: 143, submission: 587 } as const;

const clock = systemClock();
let network: LoopbackNetwork;
let host: TestCore;
let peer: TestCore;
let bob: Identity;
let gpg: Gpg;
const sockets: Socket[] = [];

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [host, peer] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network)]);
  await makeIdentity(host, 'owner');
  bob = await makeIdentity(peer, 'bob');
  gpg = openGpg();
  await gpg.run(['--import'], (await peer.call('identities.exportPublicKey', { identityId: bob.id })).key);
});
afterAll(async () => {
  await Promise.all([host.remove(), peer.remove(), gpg.remove()]);
  await network.stop();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { id, address } of await host.call('guests.view', {}))
    await host.call('guests.remove', { guestId: id, confirmAddress: address });
});

const add = (localPart = 'gina', quota = 10 * MIB): Promise<NewGuest> =>
  host.call('guests.add', { name: 'Gina', localPart, quota });

/** Makes a key for a guest with gpg, has it certified, and takes the certified one back. */
async function withKey(made: NewGuest): Promise<NewGuest> {
  const { id, address } = made.guest;
  await gpg.run(['--passphrase', '', '--quick-gen-key', address, 'future-default', 'default', '1y']);
  const { stdout } = await gpg.run(['--armor', '--export', address]);
  const taken = await host.call('guests.setKey', { guestId: id, key: new Uint8Array(stdout) });
  if (taken.outcome === 'refused') throw new Error(taken.problem);
  const { key } = await host.call('guests.key', { guestId: id });
  await gpg.run(['--import'], key);
  return { ...made, guest: taken.guest };
}

/** A connection to a guest's onion that says a line and reads until the first that fits. */
class Visit {
  readonly #lines: AsyncIterator<string, undefined>;
  readonly closed: Promise<unknown>;
  readonly heard: string[] = [];

  private constructor(readonly socket: Socket) {
    sockets.push(socket);
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
  }

  static async to({ guest }: Pick<NewGuest, 'guest'>, port: number): Promise<Visit> {
    const dialled = await network.dial(guest.address.split('@')[1] ?? '', port);
    if (dialled.outcome === 'failed') throw new Error(dialled.failure);
    const visit = new Visit(dialled.socket);
    await visit.until(/^(\* OK|220 )/u);
    return visit;
  }

  async until(fits: RegExp): Promise<string> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done === true) throw new Error('The connection has ended.');
      this.heard.push(next.value);
      if (fits.test(next.value)) return next.value;
    }
  }

  say(line: string, fits: RegExp): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.until(fits);
  }
}

async function readMail(made: NewGuest): Promise<Visit> {
  const visit = await Visit.to(made, PORTS.imap);
  expect(await visit.say(`a LOGIN gina "${made.password}"`, /^a /u)).toMatch(/^a OK/u);
  expect(await visit.say('b SELECT INBOX', /^b /u)).toMatch(/^b OK/u);
  return visit;
}

/** Hands a letter over; answers the reply to it. */
async function submit(made: NewGuest, letter: string, to: string = bob.address): Promise<string> {
  const visit = await Visit.to(made, PORTS.submission);
  await visit.say('EHLO localhost', /^250 /u);
  await visit.say(`AUTH PLAIN ${Buffer.from(`\0gina\0${made.password}`).toString('base64')}`, /^235 /u);
  await visit.say(`MAIL FROM:<${made.guest.address}>`, /^250 /u);
  await visit.say(`RCPT TO:<${to}>`, /^250 /u);
  await visit.say('DATA', /^354 /u);
  return visit.say(`${letter.replaceAll(/\r?\n/gu, '\r\n')}\r\n.`, /^\d{3} /u);
}

/**
 * A letter as Thunderbird writes it: RFC 3156, with its header inside as well (RFC 9788), and the key without the
 * certification of the onion.
 */
async function sealedLetter(
  { guest }: NewGuest,
  o: { subject: string; text: string; messageId?: string; outer?: readonly string[] },
): Promise<string> {
  const { address } = guest;
  const onion = address.split('@')[1] ?? '';
  const messageId = o.messageId ?? `<${o.subject.replaceAll(' ', '-')}@${onion}>`;
  const head = [`From: Gina <${address}>`, `To: ${bob.address}`, `Message-ID: ${messageId}`];
  const date = `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`;
  const key = (await gpg.run(['--armor', '--export-options', 'export-minimal', '--export', address])).stdout.toString();
  const inner = [
    ...[...head, date, `Subject: ${o.subject}`, 'User-Agent: Mozilla Thunderbird'],
    'Content-Type: multipart/mixed; boundary="in"; protected-headers="v1"; hp="cipher"',
    ...['', '--in', 'Content-Type: text/plain; charset=utf-8', '', o.text, '--in'],
    ...['Content-Type: application/pgp-keys; name="OpenPGP.asc"', '', key, '--in--', ''],
  ].join('\r\n');
  const sealed = await gpg.run(
    ['--armor', '--comment', 'made at home', '--trust-model', 'always', '--sign', '--encrypt'].concat(
      ...['-u', address, '-r', bob.address, '-r', address],
    ),
    inner.replaceAll(/\r?\n/gu, '\r\n'),
  );
  return [
    ...[...head, 'Date: Thu, 28 May 2026 20:26:40 +0545', 'Subject: ...', ...(o.outer ?? [])],
    ...['MIME-Version: 1.0', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"'],
    ...['', 'This is an OpenPGP/MIME encrypted message', '--b', 'Content-Type: application/pgp-encrypted', ''],
    ...['Version: 1', '', '--b', 'Content-Type: application/octet-stream; name="encrypted.asc"', ''],
    ...[sealed.stdout.toString(), '--b--'],
  ].join('\n');
}

const shown = async ({ guest }: NewGuest): Promise<Guest | undefined> =>
  (await host.call('guests.view', {})).find(({ id }) => id === guest.id);

async function failure(made: NewGuest, port: number): Promise<string | undefined> {
  const dialled = await network.dial(made.guest.address.split('@')[1] ?? '', port);
  if (dialled.outcome === 'failed') return dialled.failure;
  dialled.socket.destroy();
  return undefined;
}

/** A profile made from a backup of the host's. */
async function restoredHost(): Promise<TestCore> {
  const { backupId, size } = await host.call('backup.create', { passphrase: 'another phrase', withMail: true });
  const file = await host.call('backup.read', { backupId, offset: 0 });
  expect(file).toHaveLength(size);
  const fresh = await makeTestCore(network, { profile: 'new' });
  const opened = await fresh.call('backup.open', { size });
  await fresh.call('backup.write', { ...opened, piece: file });
  const made = { ...opened, passphrase: 'another phrase', profilePassphrase: passphrase };
  expect(await fresh.call('backup.restore', made)).toMatchObject({ outcome: 'good' });
  return fresh;
}

describe('a guest', () => {
  it('is let in before they have a key, and gets mail only with one', async () => {
    const made = await add();
    expect(made.guest).toMatchObject({ name: 'Gina', used: 0, phase: 'in-force', state: 'online' });
    expect(await failure(made, PORTS.imap)).toBeUndefined();
    expect(await failure(made, PORTS.smtp)).toBe('no-service');
    expect(await failure(made, PORTS.hkp)).toBe('no-service');
    const letter = `From: ${made.guest.address}\nMessage-ID: <x@y>\n\nx`;
    expect(await submit(made, letter)).toMatch(/^550 5\.7\.1 Your host has no key of yours yet/u);
    await withKey(made);
    expect(await failure(made, PORTS.smtp)).toBeUndefined();
    expect(await failure(made, PORTS.hkp)).toBeUndefined();
  });

  it('writes to somebody and reads the answer, sealed to their own key', async () => {
    const made = await withKey(await add());
    const arrived = peer.when('message.stored', ({ message }) => message.subject === 'From the boat');
    const letter = { subject: 'From the boat', text: 'The water is warm.', outer: ['User-Agent: Thunderbird'] };
    expect(await submit(made, await sealedLetter(made, letter))).toMatch(/^250 2\.0\.0 Queued/u);
    const { message } = await arrived;
    expect(message).toMatchObject({ from: made.guest.address, protection: 'verified' });
    const raw = await peer.call('messages.raw', { identityId: bob.id, messageId: message.id });
    const header = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
    const names = header.split('\r\n').flatMap((line) => /^[^\s:]+(?=:)/u.exec(line) ?? []);
    expect(names).toEqual(['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type']);
    expect(Buffer.from(raw).toString('latin1')).not.toMatch(/Gina|Thunderbird|\+0545|made at home/u);

    const visit = await readMail(made);
    const idle = visit.say('c IDLE', /^\* \d+ EXISTS/u);
    await sendMail(peer, bob, { to: [made.guest.address], subject: 'Re: boat', text: 'Come home safely.' });
    await idle;
    await visit.say('DONE', /^c OK/u);
    visit.heard.length = 0;
    await visit.say('d FETCH 1 BODY.PEEK[]', /^d OK/u);
    const fetched = visit.heard.join('\n');
    expect(fetched).not.toContain('Come home safely');
    const armored = /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/u.exec(fetched)?.[0];
    expect((await gpg.run(['--passphrase', '', '--decrypt'], armored)).stdout.toString()).toContain(
      'Come home safely.',
    );
  });

  it('is told what to do about a letter that is not sealed, and none of it is kept', async () => {
    const made = await withKey(await add());
    const head = `From: ${made.guest.address}\nTo: ${bob.address}\nMessage-ID: <x@${made.guest.address.split('@')[1] ?? ''}>`;
    expect(await submit(made, `${head}\nSubject: open\n\nopen text`)).toMatch(
      /^550 5\.7\.1 Turn on OpenPGP encryption/u,
    );
    const wrapped = (await sealedLetter(made, { subject: 'open', text: 'x' })).replace(
      /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/u,
      '-----BEGIN PGP MESSAGE-----\n\nb3BlbiB0ZXh0\n-----END PGP MESSAGE-----',
    );
    expect(await submit(made, wrapped)).toMatch(/^550 5\.7\.1 Turn on OpenPGP encryption/u);
    const named = await sealedLetter(made, { subject: 'named', text: 'x', messageId: '<1@gina-laptop.lan>' });
    expect(await submit(made, named)).toMatch(/^550 5\.7\.1 The Message-ID must end in @/u);
    const visit = await readMail(made);
    const open = `${head}\nSubject: open\n\nopen text`.replaceAll('\n', '\r\n');
    visit.socket.write(`e APPEND Drafts {${String(open.length)}+}\r\n${open}\r\n`);
    expect(await visit.until(/^e /u)).toMatch(/^e NO \[CANNOT\] Only sealed mail is kept here/u);
    expect(await shown(made)).toMatchObject({ used: 0 });
  });

  it('has no more room than was promised, and no mail when the agreement has ended', async () => {
    const made = await withKey(await add('gina', MIB));
    const text = randomBytes(MIB).toString('hex').replaceAll(/.{70}/gu, '$&\n');
    expect(await submit(made, await sealedLetter(made, { subject: 'large', text }))).toMatch(/^552 5\.2\.2 /u);
    const now = vi.spyOn(host.inside.services.clock, 'now');
    const { endsAt } = await host.call('guests.change', { guestId: made.guest.id, days: 1 });
    now.mockReturnValue(endsAt ?? 0);
    expect((await shown(made))?.phase).toBe('reading');
    expect(await submit(made, await sealedLetter(made, { subject: 'late', text: 'x' }))).toMatch(
      /^550 5\.7\.1 Your host has/u,
    );
    await readMail(made);
    const visit = await Visit.to(made, PORTS.smtp);
    await visit.say(`EHLO ${bob.onion}`, /^250 /u);
    await visit.say(`MAIL FROM:<${bob.address}>`, /^250 /u);
    expect(await visit.say(`RCPT TO:<${made.guest.address}>`, /^5/u)).toMatch(/^550 5\.1\.1 /u);
  });

  it('keeps address, key and password in a backup, and gets mail again where it is restored', async () => {
    const made = await withKey(await add());
    const fresh = await restoredHost();
    try {
      const [guest, ...others] = await fresh.call('guests.view', {});
      expect(others).toEqual([]);
      const { address, fingerprint } = made.guest;
      expect(guest).toMatchObject({ address, fingerprint, used: 0, name: 'Gina', quota: made.guest.quota });
      await host.call('guests.remove', { guestId: made.guest.id, confirmAddress: address });
      await fresh.call('profile.lock', {});
      await fresh.call('profile.unlock', { passphrase });
      const visit = await readMail(made);
      const idle = visit.say('c IDLE', /^\* \d+ EXISTS/u);
      await sendMail(peer, bob, { to: [address], subject: 'after the restore' });
      await idle;
    } finally {
      await fresh.remove();
    }
  });

  it('is looked after at a time of their own: no onion comes back in one moment with another', async () => {
    const timers = vi.spyOn(clock, 'setTimer');
    await add('one');
    await add('other');
    const waits = timers.mock.calls.map(([wait]) => wait).filter((wait) => wait >= 45_000 && wait <= 75_000);
    expect(waits).toHaveLength(2);
    expect(new Set(waits).size).toBe(2);
  });

  it('has one onion, also when two new passwords are asked for at once, and none once removed', async () => {
    const publish = host.onion.publish.bind(host.onion);
    let open = 0;
    vi.spyOn(host.onion, 'publish').mockImplementation((o) => {
      const published = publish(o);
      open += 1;
      const withdraw = (): Promise<void> => {
        open -= 1;
        return published.withdraw();
      };
      return { ...published, withdraw };
    });
    const { guest } = await add();
    const ask = () => host.call('guests.newPassword', { guestId: guest.id });
    await Promise.all([ask(), ask()]);
    expect(open).toBe(1);
    await host.call('guests.remove', { guestId: guest.id, confirmAddress: guest.address });
    expect(open).toBe(0);
  });

  it('is still there after a lock, and gone with their onion and mail when they are removed', async () => {
    const made = await withKey(await add());
    await host.call('profile.lock', {});
    await host.call('profile.unlock', { passphrase });
    const visit = await readMail(made);
    const renewed = await host.call('guests.newPassword', { guestId: made.guest.id });
    await visit.closed;
    const again = await Visit.to(made, PORTS.imap);
    expect(await again.say(`a LOGIN gina "${made.password}"`, /^a /u)).toMatch(/^a NO/u);
    expect(await again.say(`b LOGIN gina "${renewed.password}"`, /^b /u)).toMatch(/^b OK/u);
    const { words } = await host.call('guests.words', { guestId: made.guest.id });
    expect(words).toHaveLength(24);
    await expect(
      host.call('guests.remove', { guestId: made.guest.id, confirmAddress: bob.address }),
    ).rejects.toMatchObject({ code: 'address-invalid' });
    await host.call('guests.remove', { guestId: made.guest.id, confirmAddress: made.guest.address });
    await again.closed;
    expect(await failure(made, PORTS.imap)).not.toBeUndefined();
    expect(await host.call('guests.view', {})).toEqual([]);
  });
});
