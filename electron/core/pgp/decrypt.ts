import { createHash, timingSafeEqual } from 'node:crypto';
import { MAX_DECRYPTED_BYTES, MAX_MESSAGE_BYTES, MAX_SESSION_KEYS } from '../domain/limits';
import type { DecryptOutcome, SecretKeyBlock } from '../ports';
import { aesCfb } from './aes-cfb';
import { decodeArmor, looksArmored } from './armor';
import { decompress } from './decompress';
import { TAG, splitPackets, type Packet } from './packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { decryptSessionKey, type SessionKey } from './session-key';
import { readSignedMessage } from './signed-message';

type Refusal = Extract<DecryptOutcome, { outcome: 'refused' }>['reason'];
type Step<T> = { readonly outcome: 'ok'; readonly value: T } | { readonly outcome: 'refused'; readonly reason: Refusal };

const PREFIX_OCTETS = 18;
const SHA1_OCTETS = 20;
const MDC_OCTETS = 22;

/**
 * Opens a message made by PROTOCOL.md 5, armored or binary: session keys, one SEIPD version 1 packet, nothing else; inside, perhaps in
 * one compressed packet, exactly one one-pass-signed literal. `content` and `signedMessage` are views of the same memory.
 * The signature is not checked here. `retired`: keys of before, tried in their order when the present one does not fit.
 */
export async function decrypt(o: { sealed: Uint8Array; secretKey: SecretKeyBlock; retired?: readonly SecretKeyBlock[] }): Promise<DecryptOutcome> {
  const outer = readOuter(o.sealed);
  if (outer.outcome === 'refused') return outer;
  const sessionKey = await findSessionKey(outer.value.sessionKeys, [o.secretKey, ...(o.retired ?? [])]);
  if (sessionKey === undefined) return refused('not-for-this-key');
  const plain = openIntegrityProtected(outer.value.encrypted, sessionKey);
  return plain.outcome === 'refused' ? plain : readInner(plain.value);
}

/** The key in use first: an old one costs a try only for old mail. */
async function findSessionKey(bodies: readonly Uint8Array[], blocks: readonly SecretKeyBlock[]): Promise<SessionKey | undefined> {
  for (const block of blocks) {
    const found = await decryptSessionKey(bodies, await readSecretKeyBlock(block));
    if (found !== undefined) return found;
  }
  return undefined;
}

type Outer = { readonly sessionKeys: readonly Uint8Array[]; readonly encrypted: Uint8Array };

function readOuter(sealed: Uint8Array): Step<Outer> {
  if (sealed.length > MAX_MESSAGE_BYTES) return refused('too-large');
  const binary = toBinary(sealed);
  const packets = binary && splitPackets(binary, MAX_SESSION_KEYS + 1);
  return packets === undefined ? refused('unreadable') : sortOuter(packets);
}

function sortOuter(packets: readonly Packet[]): Step<Outer> {
  const last = packets.at(-1);
  if (last === undefined) return refused('unreadable');
  const others = packets.slice(0, -1);
  // A packet without integrity protection anywhere: the answer must not depend on how it was dressed up.
  if (packets.some((packet) => packet.tag === TAG.unprotected)) return refused('no-integrity-protection');
  const isExpected = last.tag === TAG.encryptedWithIntegrity && others.every((packet) => packet.tag === TAG.encryptedSessionKey);
  if (!isExpected || others.length === 0) return refused('malformed');
  if (last.body[0] !== 1) return refused('unreadable');
  return { outcome: 'ok', value: { sessionKeys: others.map((packet) => packet.body), encrypted: last.body.subarray(1) } };
}

/** Always memory of our own, because it is decrypted where it stands. */
function toBinary(sealed: Uint8Array): Uint8Array | undefined {
  return looksArmored(sealed) ? decodeArmor(sealed, 'PGP MESSAGE', 1)?.[0] : new Uint8Array(sealed);
}

/** Decrypts and checks the modification detection code (RFC 9580, 5.13.1); returns the packets between prefix and code. */
function openIntegrityProtected(data: Uint8Array, sessionKey: SessionKey): Step<Uint8Array> {
  if (data.length < PREFIX_OCTETS + MDC_OCTETS) return refused('no-integrity-protection');
  aesCfb('decrypt', sessionKey.key, data);
  const hashed = data.subarray(0, data.length - SHA1_OCTETS);
  const code = data.subarray(data.length - SHA1_OCTETS);
  const isIntact = timingSafeEqual(createHash('sha1').update(hashed).digest(), code);
  const isCode = hashed.at(-2) === 0xd3 && hashed.at(-1) === 0x14;
  if (!isIntact || !isCode) return refused('no-integrity-protection');
  return { outcome: 'ok', value: data.subarray(PREFIX_OCTETS, data.length - MDC_OCTETS) };
}

async function readInner(plain: Uint8Array): Promise<DecryptOutcome> {
  const reading = readSignedMessage(plain);
  if (reading.outcome !== 'compressed') return finish(reading, plain);
  const decompressed = await decompress(reading.body);
  if (decompressed.outcome === 'refused') return decompressed;
  const inner = readSignedMessage(decompressed.bytes);
  // Compression inside compression has no use but the bomb.
  return inner.outcome === 'compressed' ? refused('malformed') : finish(inner, decompressed.bytes);
}

function finish(reading: Exclude<ReturnType<typeof readSignedMessage>, { outcome: 'compressed' }>, signedMessage: Uint8Array): DecryptOutcome {
  if (reading.outcome === 'refused') return reading;
  const { content } = reading.message;
  if (content.length > MAX_DECRYPTED_BYTES) return refused('too-large');
  return { outcome: 'decrypted', content, signedMessage };
}

function refused(reason: Refusal): { readonly outcome: 'refused'; readonly reason: Refusal } {
  return { outcome: 'refused', reason };
}
