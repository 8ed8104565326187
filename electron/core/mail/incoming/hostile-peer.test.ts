import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MailAddress } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import {
  MAX_DECRYPTED_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_REQUEST_BYTES,
  MAX_REQUESTS_PER_SENDER,
} from '../../domain/limits';
import { encodeArmor } from '../../pgp/packets/armor';
import { readKeyBlock, writeKeyBlock } from '../../pgp/keys/key-block';
import { literalOf } from '../../pgp/packets/literal-data';
import type { PublicSubkeyPacket } from '../../pgp/packets/openpgp-library';
import { TAG, concatBytes, joinPackets } from '../../pgp/packets/packet-framing';
import { makeSignature } from '../../pgp/packets/signatures';
import { encryptPackets, openWorkshop, signedPackets } from '../../pgp/testing/forgery';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker, type Forgery } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer, throughTarpit } from '../../testing/smtp-peer';

const DAY = 86_400_000;

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
let key: PublicKeyBlock;
let mallory: Attacker;
const known = new Set<string>();

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
  key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  mallory = await makeAttacker({ localPart: 'mallory', now: clock.now() });
});
afterAll(async () => {
  await bob.remove();
  await network.stop();
});

async function everything(): Promise<MessageSummary[]> {
  const folders = ['inbox', 'requests', 'archive', 'trash', 'sent', 'drafts', 'outbox'] as const;
  const pages = await Promise.all(
    folders.map((folder) => bob.call('messages.page', { identityId: b.id, folder, limit: 500 })),
  );
  return pages.flatMap(({ messages }) => messages);
}

/** The messages that have come since the last look. */
async function news(): Promise<MessageSummary[]> {
  const fresh = (await everything()).filter(({ id }) => !known.has(id));
  for (const { id } of fresh) known.add(id);
  return fresh;
}

async function deliver(raw: Uint8Array, o: { from?: string; to?: string } = {}): Promise<string> {
  const peer = await SmtpPeer.at(network, b.onion);
  const said = await peer.transact({ from: o.from ?? mallory.address, to: o.to ?? b.address, raw });
  peer.close();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

async function send(forgery: Forgery, from: Attacker = mallory): Promise<string> {
  return deliver(await from.letter({ to: b.address, key, forgery }), { from: from.address });
}

/** After every attack: a good first mail by a new person arrives, and nothing else has. */
afterEach(async () => {
  await news();
  const honest = await makeAttacker({ localPart: 'honest', now: clock.now() });
  expect(await send({}, honest)).toBe('250 2.0.0 Stored');
  expect(await news()).toMatchObject([{ from: honest.address, folder: 'requests', protection: 'verified' }]);
});

async function expectRefusal(reply: string, expected: string): Promise<void> {
  expect(reply).toBe(expected);
  expect(await news()).toEqual([]);
  expect(await bob.call('contacts.list', { identityId: b.id })).toEqual([]);
}

describe('who it is from', () => {
  it('takes nothing in clear', async () => {
    const raw = Buffer.from(`From: ${mallory.address}\r\nMessage-ID: <x@${mallory.onion}>\r\n\r\nhello\r\n`);
    await expectRefusal(await deliver(raw), '550 5.7.1 Only signed and sealed mail is taken here');
  });

  it('takes nothing that is sealed and not signed', async () => {
    const message = await mallory.message(b.address);
    const content = await mallory.mime.buildInner(message);
    const literal = { tag: TAG.literal, body: concatBytes([Uint8Array.of(0x62, 0, 0, 0, 0, 0), content]) };
    const sealed = encodeArmor('PGP MESSAGE', await encryptPackets(joinPackets([literal]), await bobsSubkey()));
    const raw = mallory.mime.wrapSealed({ message, sealed });
    await expectRefusal(await deliver(raw), '550 5.7.1 Only signed and sealed mail is taken here');
  });

  it('refuses the key of another onion', async () => {
    const other = await makeAttacker({ localPart: 'mallory', now: clock.now() });
    const keyBlock = await other.pgp.armorPublicKey(other.keys.publicKey);
    await expectRefusal(
      await send({ message: { keyBlock } }),
      '550 5.7.1 The key of the sender is not accepted: user-id-differs',
    );
  });

  it('refuses what another person has signed, with the key of the person it names', async () => {
    const victim = await makeAttacker({ localPart: 'victim', now: clock.now() });
    const keyBlock = await victim.pgp.armorPublicKey(victim.keys.publicKey);
    const raw = await mallory.letter({ to: b.address, key, forgery: { message: { from: victim.address, keyBlock } } });
    await expectRefusal(
      await deliver(raw, { from: victim.address }),
      '550 5.7.7 The signature does not verify with a key that the From onion certifies',
    );
  });

  it('refuses another onion on the envelope', async () => {
    const other = await makeAttacker({ localPart: 'other', now: clock.now() });
    const raw = await mallory.letter({ to: b.address, key });
    await expectRefusal(
      await deliver(raw, { from: other.address }),
      '550 5.7.1 The envelope sender and the From field name different onion services',
    );
  });

  it.each(['mallory@example.org', 'mallory@mail.example.onion'])('refuses the envelope sender «%s»', async (from) => {
    await expectRefusal(
      await deliver(await mallory.letter({ to: b.address, key }), { from }),
      '553 5.1.7 The sender must be an address at a version 3 onion service',
    );
  });

  it('takes with an empty sender only what a holder would hand over', async () => {
    await expectRefusal(
      await deliver(await mallory.letter({ to: b.address, key }), { from: '' }),
      '550 5.7.1 Only signed and sealed mail is taken here',
    );
  });

  it('refuses another From inside the seal', async () => {
    const inner = (entity: string): string => entity.replace(/^From:\s+\S+/m, `From: other@${mallory.onion}`);
    await expectRefusal(await send({ inner }), '550 5.7.1 The sealed From or Message-ID differs from the outer one');
  });

  it('refuses another Message-ID inside the seal', async () => {
    const inner = (entity: string): string =>
      entity.replace(/^Message-ID:\s+\S+/m, `Message-ID: <other@${mallory.onion}>`);
    await expectRefusal(await send({ inner }), '550 5.7.1 The sealed From or Message-ID differs from the outer one');
  });

  it('asks the onion of a letter without a certified key, and takes none while that does not answer', async () => {
    const keyBlock = await mallory.pgp.armorPublicKey(withoutOnionCertification(mallory.keys.publicKey));
    const unasked = '451 4.7.1 The message carries no certified key of its sender, whose onion does not tell it now';
    await expectRefusal(await send({ message: { keyBlock } }), `${unasked}; try again later`);
    const inner = (entity: string): string =>
      entity.replace('application/pgp-keys', 'application/octet-stream').replace(/^Autocrypt: /m, 'X-Autocrypt: ');
    await expectRefusal(await send({ inner }), `${unasked}; try again later`);
  });

  it('refuses a certification that has expired or that is to come', async () => {
    const { keys, address, seed, pgp } = mallory;
    for (const [age, reply] of [
      [-400 * DAY, '550 5.7.1 The key of the sender is not accepted: certification-expired'],
      [
        400 * DAY,
        '451 4.7.1 The signature or the key is from a time to come by the clock here, which may be behind; try again later',
      ],
    ] as const) {
      const { publicKey } = await pgp.recertify({ keys, address, onionSeed: seed, now: clock.now() + age });
      const keyBlock = await pgp.armorPublicKey(publicKey);
      await expectRefusal(await send({ message: { keyBlock } }), reply);
    }
  });
});

describe('who it is for', () => {
  it('gives one answer for every other name and mailbox', async () => {
    const raw = await mallory.letter({ to: b.address, key });
    for (const to of [`alice@${b.onion}`, mallory.address, 'bob@example.org', `postmaster@${b.onion}`, '']) {
      expect(await deliver(raw, { to })).toMatch(/^550 5\.1\.1 No such mailbox here$|^501 /);
    }
    expect(await news()).toEqual([]);
  });

  it('hangs up on 10,000 recipients', async () => {
    const peer = await SmtpPeer.at(network, b.onion);
    await peer.ask(`MAIL FROM:<${mallory.address}>`);
    peer.write(Array.from({ length: 10_000 }, (_, index) => `RCPT TO:<bob+${String(index)}@${b.onion}>\r\n`).join(''));
    const replies = await throughTarpit(clock, peer.rest());
    expect(replies.length).toBeLessThan(30);
    expect(replies.at(-1)).toBe('421 4.7.0 Too many errors');
    expect(await news()).toEqual([]);
  });

  it('refuses what is sealed to another key', async () => {
    const raw = await mallory.letter({ to: b.address, key: mallory.keys.publicKey });
    await expectRefusal(await deliver(raw), '554 5.7.5 The message cannot be unsealed with the key of this mailbox');
  });

  it('gives no badge to what was written to another person and sent on', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    const raw = await writer.letter({ to: mallory.address, key });
    expect(await deliver(raw, { from: writer.address })).toBe('250 2.0.0 Stored');
    expect(await news()).toMatchObject([
      { from: writer.address, protection: 'unverified', protectionReason: 'not-addressed-to-you' },
    ]);
  });

  it('gives no badge to headers that are not protected', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    const inner = (entity: string): string =>
      entity.replace(/;\s*hp="?cipher"?/, '').replace(/;\s*protected-headers="?v1"?/, '');
    expect(await send({ inner }, writer)).toBe('250 2.0.0 Stored');
    expect(await news()).toMatchObject([{ protection: 'unverified', protectionReason: 'headers-differ' }]);
  });
});

describe('what comes again', () => {
  it('stores a message once and says yes each time', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    const raw = await writer.letter({ to: b.address, key });
    for (let time = 0; time < 3; time += 1)
      expect(await deliver(raw, { from: writer.address })).toBe('250 2.0.0 Stored');
    expect(await news()).toHaveLength(1);
  });

  it('does not let one sender’s Message-ID stand for another’s', async () => {
    const [one, two] = [
      await makeAttacker({ localPart: 'one', now: clock.now() }),
      await makeAttacker({ localPart: 'two', now: clock.now() }),
    ];
    const messageId = `<taken@${one.onion}>`;
    for (const from of [two, one]) expect(await send({ message: { messageId } }, from)).toBe('250 2.0.0 Stored');
    expect((await news()).map(({ from }) => from).sort()).toEqual([one.address, two.address].sort());
  });

  it('takes only a limited amount of first mail from one stranger, under any tags, and answers with 452', async () => {
    const stranger = await makeAttacker({ localPart: 'stranger', now: clock.now() });
    const from = (index: number): MailAddress => `stranger+${String(index)}@${stranger.onion}` as MailAddress;
    const kept = await stranger.letter({ to: b.address, key });
    expect(await deliver(kept, { from: stranger.address })).toBe('250 2.0.0 Stored');
    for (let index = 1; index < MAX_REQUESTS_PER_SENDER; index += 1)
      expect(await send({ message: { from: from(index) } }, stranger)).toBe('250 2.0.0 Stored');
    expect(await send({ message: { from: from(99) } }, stranger)).toBe(
      '452 4.2.2 The mailbox takes no more first mail now, try again later',
    );
    // A message that was stored before, and whose 250 was lost on the way, needs no room.
    expect(await deliver(kept, { from: stranger.address })).toBe('250 2.0.0 Stored');
    const [first] = await news();
    // All requests here are from one stranger: accepting one accepts them all.
    const contact = await bob.call('requests.accept', { identityId: b.id, messageId: first!.id });
    expect(contact).toMatchObject({ address: stranger.address, keyState: 'certified' });
    const { messages } = await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 500 });
    expect(messages.filter(({ from: sender }) => sender.endsWith(stranger.onion))).toEqual([]);
    await bob.call('contacts.remove', { identityId: b.id, contactId: contact.id });
  });

  it('says yes to a blocked contact and keeps nothing', async () => {
    const bore = await makeAttacker({ localPart: 'bore', now: clock.now() });
    await send({}, bore);
    const [request] = await news();
    const contact = await bob.call('requests.block', { identityId: b.id, messageId: request!.id });
    expect(await send({}, bore)).toBe('250 2.0.0 Stored');
    expect(await send({ message: { from: `bore+tag@${bore.onion}` as MailAddress } }, bore)).toBe('250 2.0.0 Stored');
    expect(await news()).toEqual([]);
    await bob.call('contacts.remove', { identityId: b.id, contactId: contact.id });
  });

  it('refuses an older certification once it has seen a newer one', async () => {
    const friend = await makeAttacker({ localPart: 'friend', now: clock.now() });
    const { keys, address, seed, pgp } = friend;
    const contact = await bob.call('contacts.add', { identityId: b.id, address, name: 'A friend' });
    const newer = await pgp.recertify({ keys, address, onionSeed: seed, now: clock.now() + DAY / 2 });
    expect(await send({ message: { keyBlock: await pgp.armorPublicKey(newer.publicKey) } }, friend)).toBe(
      '250 2.0.0 Stored',
    );
    // Another key with an older certification: what a thief of an old backup of the onion's seed might have.
    const stolen = await pgp.generateIdentityKeys({ address, onionSeed: seed, now: clock.now() });
    const message = await friend.message(b.address, { keyBlock: await pgp.armorPublicKey(stolen.publicKey) });
    const sealed = await pgp.seal({
      content: await friend.mime.buildInner(message),
      secretKey: stolen.secretKey,
      recipients: [key],
      now: clock.now(),
    });
    expect(await deliver(friend.mime.wrapSealed({ message, sealed }), { from: address })).toMatch(/^550 5\.7\.[17] /);
    expect(await news()).toMatchObject([{ from: address, folder: 'inbox' }]);
    await bob.call('contacts.remove', { identityId: b.id, contactId: contact.id });
  });
});

describe('bombs and tricks', () => {
  it('refuses a message that announces too large a size', async () => {
    const peer = await SmtpPeer.at(network, b.onion);
    const said = await peer.transact({
      from: mallory.address,
      to: b.address,
      raw: Buffer.from('x'),
      size: MAX_MESSAGE_BYTES + 1,
    });
    peer.close();
    expect(said.mailFrom).toMatch(/^552 /);
  });

  it('refuses a message that is too large without having announced it', async () => {
    const raw = Buffer.alloc(MAX_MESSAGE_BYTES + 78, `${'x'.repeat(76)}\r\n`);
    await expectRefusal(await deliver(raw), '552 5.3.4 The message is too large');
  });

  it('refuses a sealed message that expands too far', async () => {
    const literal = joinPackets([{ tag: TAG.literal, body: new Uint8Array(MAX_DECRYPTED_BYTES + (1 << 20)) }]);
    const bomb = joinPackets([{ tag: 8, body: concatBytes([Uint8Array.of(1), deflateRawSync(literal)]) }]);
    const sealed = encodeArmor('PGP MESSAGE', await encryptPackets(bomb, await bobsSubkey()));
    expect(sealed.length).toBeLessThan(200_000);
    const raw = mallory.mime.wrapSealed({ message: await mallory.message(b.address), sealed });
    await expectRefusal(await deliver(raw), '552 5.3.4 The message is too large');
  });

  const bodyOf = (entity: string, type: string, body: string): string =>
    `${entity.slice(0, entity.indexOf('\r\n\r\n')).replace(/^Content-Type: [^\n]*\n(?:[ \t][^\n]*\n)*/m, `Content-Type: ${type}; hp="cipher"\r\n`)}\r\n\r\n${body}`;

  it('refuses a first mail that is large only once it is unsealed, and takes a small one', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    const told: string[] = [];
    for (const octets of [10_000, 2 * MAX_REQUEST_BYTES]) {
      // One bit a character: a text that grows more than twentyfold is refused for that, by whoever wrote it.
      const text = Array.from(randomBytes(octets / 8), (octet) => octet.toString(2).padStart(8, '0'));
      const message = await writer.message(b.address, { text: text.join('\n') });
      const raw = writer.mime.wrapSealed({
        message,
        sealed: await sealCompressed(await writer.mime.buildInner(message), writer),
      });
      expect(raw.length).toBeLessThan(MAX_REQUEST_BYTES);
      told.push(await deliver(raw, { from: writer.address }));
    }
    expect(told).toEqual([
      '250 2.0.0 Stored',
      '552 5.3.4 A first message to somebody must be smaller than 1 MB; write a few words first',
    ]);
    expect(await news()).toHaveLength(1);
  });

  it('refuses 5,000 parts and a hundred floors inside the seal', async () => {
    const parts = `${'--x\r\nContent-Type: text/plain\r\n\r\ny\r\n'.repeat(5_000)}--x--\r\n`;
    await expectRefusal(
      await send({ inner: (entity) => bodyOf(entity, 'multipart/mixed; boundary=x', parts) }),
      '554 5.6.0 The message has too many parts',
    );
    const floors = Array.from(
      { length: 100 },
      (_, floor) => `--f${String(floor)}\r\nContent-Type: multipart/mixed; boundary=f${String(floor + 1)}\r\n\r\n`,
    ).join('');
    await expectRefusal(
      await send({ inner: (entity) => bodyOf(entity, 'multipart/mixed; boundary=f0', floors) }),
      '554 5.6.0 The message is nested too deeply',
    );
  });

  it('refuses bare line ends and NUL inside the seal', async () => {
    await expectRefusal(
      await send({ inner: (entity) => entity.replace('How are you?\r\n', 'How are you?\n') }),
      '554 5.6.0 Every line must end with CR LF',
    );
    await expectRefusal(
      await send({ inner: (entity) => entity.replace('How are', 'How\0are') }),
      '554 5.6.0 NUL is not allowed in a message',
    );
  });

  it('refuses a second From inside the seal', async () => {
    const inner = (entity: string): string => `From: ${b.address}\r\n${entity}`;
    await expectRefusal(
      await send({ inner }),
      '554 5.6.0 A header field or parameter that may stand once stands twice',
    );
  });

  it('keeps broken HTML as it is, beside a text of it', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    await bob.call('contacts.add', { identityId: b.id, address: writer.address, name: 'Writer' });
    const html = '<p>Hi <b>there<script>alert(1)</script><img src=x onerror=alert(1)><table><td></p></html><style>';
    const part = (entity: string): string =>
      entity.replace(/Content-Type: text\/plain[^]*?(?=\r\n--)/, `Content-Type: text/html\r\n\r\n${html}`);
    expect(await send({ inner: part }, writer)).toBe('250 2.0.0 Stored');
    const [message] = await news();
    const detail = await bob.call('messages.read', { identityId: b.id, messageId: message!.id });
    expect(detail.text).toContain('Hi there');
    expect(detail.text).not.toContain('alert');
    expect(detail.html).toContain('<b>there');
  });

  it('shows no path, no direction mark and no device in the names of files', async () => {
    const writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
    const filenames = ['../../etc/passwd', 'C:\\Windows\\evil.exe', 'invoice\u202Efdp.exe', 'CON', '.bashrc'];
    const attachments = filenames.map((filename) => ({
      filename,
      contentType: 'text/plain',
      content: Buffer.from('x'),
    }));
    expect(await send({ message: { attachments } }, writer)).toBe('250 2.0.0 Stored');
    const [message] = await news();
    const detail = await bob.call('messages.read', { identityId: b.id, messageId: message!.id });
    const names = detail.attachments.map(({ filename }) => filename);
    expect(names).toEqual(['passwd', 'evil.exe', 'invoicefdp.exe', '_CON', 'bashrc']);
  });

  it('answers garbage under the armor', async () => {
    const armored = (data: Uint8Array): Buffer => Buffer.from(encodeArmor('PGP MESSAGE', data));
    const good = await encryptPackets(joinPackets([]), await bobsSubkey());
    for (const sealed of [
      armored(Buffer.alloc(1_000, 7)),
      armored(good.subarray(0, 60)),
      armored(good),
      Buffer.from('nothing at all\r\n'),
    ]) {
      const raw = mallory.mime.wrapSealed({ message: await mallory.message(b.address), sealed });
      expect(await deliver(raw)).toMatch(/^55[04] 5\.7\.[15] /);
    }
    expect(await news()).toEqual([]);
  });
});

/** As GnuPG does it: signed, then compressed, then encrypted. */
async function sealCompressed(content: Uint8Array, { keys, seed, address }: Attacker): Promise<Uint8Array> {
  const { primary } = await openWorkshop({ keys, seed, address });
  const signature = await makeSignature({ key: primary, type: 0, over: literalOf(content), at: clock.now() });
  const body = concatBytes([Uint8Array.of(1), deflateRawSync(joinPackets(signedPackets({ signature, content })))]);
  return encodeArmor('PGP MESSAGE', await encryptPackets(joinPackets([{ tag: 8, body }]), await bobsSubkey()));
}

async function bobsSubkey(): Promise<PublicSubkeyPacket> {
  const { subkey } = await openWorkshop({ ...mallory, keys: { ...mallory.keys, publicKey: key } });
  return subkey;
}

/** Keeps only the first signature of each user ID, which is the key's own. */
function withoutOnionCertification(block: PublicKeyBlock): PublicKeyBlock {
  const [raw] = readKeyBlock(block) ?? [];
  const userIds = raw?.userIds.map((part) => ({ ...part, signatures: part.signatures.slice(0, 1) }));
  return writeKeyBlock([raw!.primary, ...(userIds ?? []), ...raw!.subkeys]);
}
