import { MAX_KEY_BLOCK_PACKETS, MAX_RSA_BITS, MIN_RSA_BITS, MIN_RSA_EXPONENT } from '../../domain/key-limits';
import { PublicKeyPacket, PublicSubkeyPacket, enums } from '../packets/openpgp-library';
import { TAG, isPassedOver, joinPackets, splitPackets, type Packet } from '../packets/packet-framing';
import { readSignature, type RawSignature } from '../packets/signatures';

/** One transferable public key, taken apart but not believed (RFC 9580, 10.1). */
export type RawKey = {
  readonly primary: RawPart;
  readonly userIds: readonly RawPart[];
  readonly userAttributes: number;
  readonly subkeys: readonly RawPart[];
};

/** A key, subkey or User ID packet and the signatures that follow it. */
export type RawPart = { readonly packet: Packet; readonly signatures: RawSignature[] };

/** 65,537 has three; GnuPG and RNP make no larger one. */
const RSA_EXPONENT_OCTETS = 4;

/** Trust packets are what somebody's own ring says of a key; the others say nothing (RFC 9580, 5.10). */
const isLeftOut = (packet: Packet): boolean => packet.tag === TAG.trust || isPassedOver(packet);
const PARTS: ReadonlySet<number> = new Set([TAG.publicKey, TAG.userId, TAG.userAttribute, TAG.publicSubkey]);

/** The keys of a binary block in their order; `undefined` when anything but public keys is in it. */
export function readKeyBlock(bytes: Uint8Array): RawKey[] | undefined {
  const packets = splitPackets(bytes, MAX_KEY_BLOCK_PACKETS, isLeftOut);
  if (packets === undefined || packets[0]?.tag !== TAG.publicKey) return undefined;
  if (packets.some((packet) => packet.tag !== TAG.signature && !PARTS.has(packet.tag))) return undefined;
  return splitKeys(packets).map(readOneKey);
}

function splitKeys(packets: readonly Packet[]): Packet[][] {
  const keys: Packet[][] = [];
  for (const packet of packets) {
    if (packet.tag === TAG.publicKey) keys.push([]);
    keys.at(-1)?.push(packet);
  }
  return keys;
}

function readOneKey(packets: readonly Packet[]): RawKey {
  const parts: RawPart[] = [];
  for (const packet of packets) {
    if (packet.tag !== TAG.signature) {
      parts.push({ packet, signatures: [] });
      continue;
    }
    // Signatures of other versions or with unreadable contents are left out.
    const signature = readSignature(packet.body);
    if (signature !== undefined) parts.at(-1)?.signatures.push(signature);
  }
  const [primary, ...others] = parts;
  if (primary === undefined) throw new RangeError('a key without packets');
  const withTag = (tag: number): RawPart[] => others.filter((part) => part.packet.tag === tag);
  return {
    primary,
    userIds: withTag(TAG.userId),
    userAttributes: withTag(TAG.userAttribute).length,
    subkeys: withTag(TAG.publicSubkey),
  };
}

/** Binary block of a key packet, its User ID and its subkeys, each with the signatures given. */
export function writeKeyBlock(parts: readonly RawPart[]): Uint8Array {
  return joinPackets(
    parts.flatMap((part) => [
      part.packet,
      ...part.signatures.map((signature) => ({ tag: TAG.signature, body: signature.body })),
    ]),
  );
}

/** `undefined` unless it is a version 4 key of an algorithm that PROTOCOL.md 2 names. */
export async function readPrimaryKey(part: RawPart): Promise<PublicKeyPacket | undefined> {
  const packet = await readKeyPacket(new PublicKeyPacket(), part.packet.body);
  return packet !== undefined && (isEd25519(packet) || isStrongRsa(packet)) ? packet : undefined;
}

/** The one kind of primary key that is made here. */
export function isEd25519(key: PublicKeyPacket | PublicSubkeyPacket): boolean {
  return curveOf(key) === 'ed25519Legacy';
}

/** A subkey and what its algorithm is able to do; `undefined` when it can do nothing for us. */
export async function readSubkey(
  part: RawPart,
): Promise<{ readonly key: PublicSubkeyPacket; readonly use: 'encryption' | 'signing' | 'either' } | undefined> {
  const key = await readKeyPacket(new PublicSubkeyPacket(), part.packet.body);
  if (key === undefined) return undefined;
  if (curveOf(key) === 'curve25519Legacy') return { key, use: 'encryption' };
  if (isEd25519(key)) return { key, use: 'signing' };
  return isStrongRsa(key) ? { key, use: 'either' } : undefined;
}

async function readKeyPacket<T extends PublicKeyPacket | PublicSubkeyPacket>(
  packet: T,
  body: Uint8Array,
): Promise<T | undefined> {
  try {
    await packet.read(body);
    return packet.version === 4 ? packet : undefined;
  } catch {
    return undefined;
  }
}

/**
 * RSA as other programs make it by default, for people who read their mail with these. The exponent is bounded, because
 * one as long as the modulus makes a verification a thousand times slower.
 */
function isStrongRsa(packet: PublicKeyPacket | PublicSubkeyPacket): boolean {
  if (packet.algorithm !== enums.publicKey.rsaEncryptSign) return false;
  const { n, e } = packet.publicParams as { readonly n: Uint8Array; readonly e: Uint8Array };
  const bits = bitsOf(n);
  const exponent = e.length > RSA_EXPONENT_OCTETS ? 0 : Number(`0x${Buffer.from(e).toString('hex')}`);
  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && exponent >= MIN_RSA_EXPONENT && exponent % 2 === 1;
}

function bitsOf(number: Uint8Array): number {
  const first = number.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24;
}

function curveOf(packet: PublicKeyPacket | PublicSubkeyPacket): string | undefined {
  try {
    return packet.getAlgorithmInfo().curve;
  } catch {
    return undefined;
  }
}
