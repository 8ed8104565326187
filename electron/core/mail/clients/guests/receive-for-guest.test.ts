import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../../shared/ids';
import type { KeptGuest } from '../../../ports/storage/guests';
import type { MailStore } from '../../../ports/storage/mail-store';
import type { Profile } from '../../../ports/storage/vault';
import type { SmtpHandler } from '../../../ports/smtp';
import { openProfile } from '../../../store/vault/profile';
import { CHEAP_KDF, newIdentityId, recorder, temporaryDirectory } from '../../../store/testing/store-fixtures';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeTestCore, type TestCore } from '../../../testing/make-test-core';
import { guestSmtpHandler } from './guest-smtp-handler';

const octets = (length = 32): Uint8Array => new Uint8Array(randomBytes(length));
const heard = recorder();
const QUOTA = 20_000;

let network: LoopbackNetwork;
let core: TestCore;
let directory: ReturnType<typeof temporaryDirectory>;
let profile: Profile;
let mail: MailStore;
let guest: KeptGuest;
let alice: MailAddress;
let handler: SmtpHandler;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  const { services } = core.inside;
  const addressOf = (name: string, seed: Uint8Array): MailAddress =>
    MailAddress.parse(`${name}@${services.onionKeys.onionOf(seed)}`);
  directory = temporaryDirectory();
  profile = openProfile({
    directory: directory.path,
    clock: services.clock,
    random: { bytes: octets },
    events: recorder(),
    kdf: CHEAP_KDF,
  });
  const vault = await profile.create('correct horse');
  const [onionSeed, databaseKey] = [octets(), octets()];
  alice = addressOf('alice', octets());
  const agreement = { quota: QUOTA };
  const made = { id: newIdentityId(), name: 'Gina', createdAt: 0, agreement, hash: '' };
  guest = { ...made, address: addressOf('gina', onionSeed) };
  vault.guests.add(guest, { onionSeed, databaseKey });
  mail = vault.guests.openMail(guest.id, heard);
});
afterAll(async () => {
  mail.close();
  profile.close();
  directory.remove();
  await core.remove();
  await network.stop();
});
beforeEach(() => {
  handler = guestSmtpHandler(core.inside.services, { ...mail, guest: () => guest });
});

/** RFC 3156 around octets that nobody here can open. */
function sealed(o: { id: string; from?: string; padding?: number; messageId?: string }): Uint8Array {
  const armor = octets(o.padding ?? 300).reduce((text, octet) => text + octet.toString(16).padStart(2, '0'), '');
  const lines = [
    `From: ${o.from ?? alice}`,
    `To: ${guest.address}`,
    'Subject: [...]',
    'Date: Thu, 28 May 2026 20:26:40 +0000',
    `Message-ID: <${o.messageId ?? o.id}@example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
    '',
    '--b',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--b',
    'Content-Type: application/octet-stream',
    '',
    '-----BEGIN PGP MESSAGE-----',
    '',
    ...(armor.match(/.{1,64}/g) ?? []),
    '-----END PGP MESSAGE-----',
    '--b--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

const receive = (raw: Uint8Array, mailFrom: MailAddress | null = alice) =>
  handler.receive({ mailFrom, rcptTo: { for: 'mailbox', address: guest.address }, transferId: '', raw });

const inbox = () => mail.mailboxes.entries({ mailbox: 'inbox', limit: 100 });

describe('mail for a guest', () => {
  it('is stored as it came, once, and served octet for octet', async () => {
    const raw = sealed({ id: 'one' });
    expect(await receive(raw)).toMatchObject({ code: 250 });
    expect(await receive(raw)).toMatchObject({ code: 250 });
    const [first, ...others] = inbox();
    expect(others).toEqual([]);
    if (!first) throw new Error('nothing was stored');
    const asked = { mailbox: 'inbox', uid: first.uid, form: 'sealed', from: 0, to: raw.length + 100 } as const;
    const read = mail.served.octets(asked);
    expect(Buffer.from(read).equals(raw)).toBe(true);
  });

  it('is not kept out by a forged letter that has its Message-ID', async () => {
    const before = inbox().length;
    expect(await receive(sealed({ id: 'forged', messageId: 'same' }))).toMatchObject({ code: 250 });
    expect(await receive(sealed({ id: 'true', messageId: 'same' }))).toMatchObject({ code: 250 });
    expect(inbox()).toHaveLength(before + 2);
  });

  it('is refused when it is not sealed, or its envelope names another onion', async () => {
    const before = inbox().length;
    const plain = Buffer.from(`From: ${alice}\r\nMessage-ID: <p@example>\r\n\r\nhello\r\n`);
    expect(await receive(plain)).toMatchObject({ code: 550, enhanced: '5.7.1' });
    const elsewhere = MailAddress.parse(`alice@${core.inside.services.onionKeys.onionOf(octets())}`);
    expect(await receive(sealed({ id: 'two' }), elsewhere)).toMatchObject({ code: 550, enhanced: '5.7.1' });
    expect(await receive(sealed({ id: 'three' }), null)).toMatchObject({ code: 550, enhanced: '5.1.1' });
    expect(inbox()).toHaveLength(before);
  });

  it('waits while there is no room, is refused when it never fits, and when the agreement has ended', async () => {
    const before = inbox().length;
    const asked = { mailFrom: alice };
    expect(handler.checkRcptTo(guest.address, asked)).toMatchObject({ recipient: { for: 'mailbox' } });
    const large = sealed({ id: 'large', padding: QUOTA / 2 - 1_000 });
    expect(large.length).toBeLessThan(QUOTA);
    expect(await receive(large)).toMatchObject({ code: 452, enhanced: '4.2.2' });
    expect(handler.checkRcptTo(guest.address, { ...asked, announcedSize: large.length })).toMatchObject({
      reply: { code: 452 },
    });
    expect(await receive(sealed({ id: 'huge', padding: QUOTA }))).toMatchObject({ code: 552 });
    guest = { ...guest, agreement: { quota: QUOTA, endsAt: 1 } };
    expect(await receive(sealed({ id: 'late' }))).toMatchObject({ code: 550, enhanced: '5.1.1' });
    expect(handler.checkRcptTo(guest.address, asked)).toMatchObject({ reply: { code: 550, enhanced: '5.1.1' } });
    guest = { ...guest, agreement: { quota: QUOTA } };
    expect(inbox()).toHaveLength(before);
  });

  it('is for the guest’s address alone, and nobody is said to be known', () => {
    const refused = { reply: { code: 550, enhanced: '5.1.1' } };
    for (const other of [guest.address.replace('gina', 'anna'), alice, 'postmaster'])
      expect(handler.checkRcptTo(other, { mailFrom: alice })).toMatchObject(refused);
    expect(handler.checkRcptTo(guest.address, { mailFrom: null })).toMatchObject(refused);
    expect(handler.checkMailFrom(alice, '')).toEqual({ address: alice, isKnown: false });
    expect(handler.checkMailFrom('bob@example.org', '')).toMatchObject({ reply: { code: 553 } });
  });
});
