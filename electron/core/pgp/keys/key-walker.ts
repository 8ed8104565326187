import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../../../shared/ids';
import { TAG, readPacket, type Packet } from '../packets/packet-framing';

/** One key of a sequence with the packets that belong to it, in their order. */
export type WalkedKey = { readonly primary: Packet; readonly others: readonly Packet[] };

const BELONGING: ReadonlySet<number> = new Set([TAG.signature, TAG.userId, TAG.userAttribute, TAG.publicSubkey]);

/**
 * No signature is shorter: head, creation time, issuer and two numbers. Millions of empty packets would fill memory
 * first.
 */
const MIN_SIGNATURE_OCTETS = 40;
/** User IDs, attributes and subkeys of one key; no person's key has more. */
const MAX_PARTS = 1_000;
const MIN_KEY_OCTETS = 8;

/**
 * The public keys of a binary sequence of any length, one at a time. Where the framing is broken it goes on at the next
 * place that looks like a public key, so that one bad key does not spoil the others.
 */
export function* walkKeys(bytes: Uint8Array): Generator<WalkedKey> {
  let key: OpenKey | undefined;
  let at = 0;
  while (at < bytes.length) {
    const next = readPlausible(bytes, at);
    if (next !== undefined && next.packet.tag !== TAG.publicKey) {
      if (key !== undefined) keep(key, next.packet);
    } else {
      if (key !== undefined) yield key;
      key = next && { primary: next.packet, others: [], parts: 0 };
    }
    at = next?.end ?? nextKey(bytes, at + 1);
  }
  if (key !== undefined) yield key;
}

/** Tags that stand among keys and mean nothing here: markers, trust of somebody's key ring, padding. */
const PASSED_OVER: ReadonlySet<number> = new Set([10, 12, 21]);

/**
 * A packet that can stand in a sequence of keys. Broken framing reads packets out of the middle of others, and they
 * would swallow what follows.
 */
function readPlausible(bytes: Uint8Array, at: number): ReturnType<typeof readPacket> {
  const read = readPacket(bytes, at);
  return read !== undefined && isPlausible(read.packet) ? read : undefined;
}

function isPlausible({ tag, body }: Packet): boolean {
  if (tag === TAG.userId) return isText(body);
  if (tag === TAG.userAttribute || PASSED_OVER.has(tag)) return true;
  const [version = 0] = body;
  return (tag === TAG.publicKey || BELONGING.has(tag)) && version >= 2 && version <= 6;
}

function isText(octets: Uint8Array): boolean {
  try {
    return !/[\0-\x08]/.test(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch {
    return false;
  }
}

type OpenKey = { readonly primary: Packet; readonly others: Packet[]; parts: number };

function keep(key: OpenKey, packet: Packet): void {
  if (!BELONGING.has(packet.tag)) return;
  if (packet.tag !== TAG.signature) key.parts += 1;
  if (packet.tag === TAG.signature ? packet.body.length >= MIN_SIGNATURE_OCTETS : key.parts <= MAX_PARTS)
    key.others.push(packet);
}

/** SHA-1 over the key packet's body, 40 upper-case hexadecimal digits (RFC 9580, 5.5.4.2). */
export function fingerprintOfBody(body: Uint8Array): Fingerprint {
  const hash = createHash('sha1').update(keyForHash(body)).digest('hex');
  return hash.toUpperCase() as Fingerprint;
}

/** How a version 4 key stands in what is hashed for signatures over it and for its fingerprint (RFC 9580, 5.2.4). */
export function keyForHash(body: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x99, (body.length >> 8) & 0xff, body.length & 0xff), body]);
}

function nextKey(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    const isKeyHeader = (first & 0xfc) === 0x98 || first === 0xc6;
    if (isKeyHeader && looksLikeKey(readPacket(bytes, at)?.packet)) return at;
  }
  return bytes.length;
}

function looksLikeKey(packet: Packet | undefined): boolean {
  return (
    packet !== undefined && packet.tag === TAG.publicKey && packet.body[0] === 4 && packet.body.length > MIN_KEY_OCTETS
  );
}
