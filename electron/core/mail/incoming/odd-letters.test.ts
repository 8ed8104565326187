import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MessageDetail } from '../../../../shared/message';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

/**
 * Letters as the mail programs of Debian write them (scripts/letters), each sealed by a helper and sent
 * through the whole program. What every letter should say is in texts.json.
 */
const folder = fileURLToPath(new URL('../../../../e2e/letters/', import.meta.url));
type Text = { readonly subject: string; readonly text: string; readonly files: Readonly<Record<string, string>> };
const texts = JSON.parse(readFileSync(`${folder}texts.json`, 'utf8')) as Readonly<Record<string, Text>>;
const letters = readdirSync(folder).filter((name) => name.endsWith('.eml'));

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
let key: PublicKeyBlock;
let alice: Attacker;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
  key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  alice = await makeAttacker({ localPart: 'alice', now: clock.now() });
  expect(await deliver(await alice.letter({ to: b.address, key }))).toBe('250 2.0.0 Stored');
  const [first] = (await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 1 })).messages;
  await bob.call('requests.accept', { identityId: b.id, messageId: first!.id });
});
afterAll(async () => {
  await bob.remove();
  await network.stop();
});

async function deliver(raw: Uint8Array): Promise<string> {
  const peer = await SmtpPeer.at(network, b.onion);
  const said = await peer.transact({ from: alice.address, to: b.address, raw });
  peer.close();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

/** The letter as if Alice had written it to Bob: the names in the files are of as many letters. */
async function seal(name: string): Promise<Uint8Array> {
  const written = readFileSync(folder + name, 'latin1')
    .replaceAll(`${'a'.repeat(56)}.onion`, alice.onion)
    .replaceAll(`${'b'.repeat(56)}.onion`, b.onion);
  const messageId = /^message-id:\s*(<[^>]*>)/imu.exec(written)?.[1] ?? '';
  const message = await alice.message(b.address, { messageId });
  const { secretKey } = alice.keys;
  const content = Buffer.from(written, 'latin1');
  const sealed = await alice.pgp.seal({ content, secretKey, recipients: [key], now: clock.now() });
  return alice.mime.wrapSealed({ message, sealed });
}

async function newest(): Promise<MessageDetail> {
  const { messages } = await bob.call('messages.page', { identityId: b.id, folder: 'inbox', limit: 500 });
  const last = messages.reduce((one, other) => (one.sequence > other.sequence ? one : other));
  return bob.call('messages.read', { identityId: b.id, messageId: last.id });
}

/** A text goes with line ends of CR LF (RFC 2046 4.1.1), and mutt sends it in the smallest charset that it fits in. */
function asWritten(filename: string, content: Uint8Array): Uint8Array | string {
  if (!/\.(?:txt|diff)$/u.test(filename)) return content;
  const octets = Buffer.from(content);
  return octets.toString(isUtf8(octets) ? 'utf8' : 'latin1').replaceAll('\r\n', '\n');
}

const words = (text: string): string => text.split(/\s+/u).join(' ').trim();

describe('letters of other programs', () => {
  it('are enough', () => expect(letters.length).toBeGreaterThanOrEqual(300));

  it.each(letters)('%s says what was written', async (name) => {
    const expected = texts[name.split('.')[1] ?? '']!;
    expect(await deliver(await seal(name))).toBe('250 2.0.0 Stored');
    const { summary, text, attachments } = await newest();
    expect(words(summary.subject)).toContain(words(expected.subject));
    expect(words(text)).toContain(words(expected.text));
    const files: Record<string, string> = {};
    for (const { id, filename } of attachments) {
      const { content } = await bob.call('attachments.read', {
        identityId: b.id,
        messageId: summary.id,
        attachmentId: id,
      });
      files[filename] = createHash('sha256').update(asWritten(filename, content)).digest('hex');
    }
    expect(files).toEqual(expected.files);
  });
});
