import { ed25519 } from '@noble/curves/ed25519.js';
import type { MailAddress } from '../../../../shared/ids';
import { PublicKeyPacket, SecretKeyPacket, UserIDPacket, enums } from '../packets/openpgp-library';
import { onionOf, publicKeyOf } from './onion-name';
import { TAG, concatBytes, joinPackets, type Packet } from '../packets/packet-framing';
import { SIGNATURE, makeSignature } from '../packets/signatures';

/** 2020-01-01T00:00:00Z in seconds: fixed, so that the fingerprint follows from the address (PROTOCOL.md 2). */
const CREATED_SECONDS = 0x5e0be100;
const EDDSA_LEGACY = 22;
/** Length and DER body of the OID 1.3.6.1.4.1.11591.15.1, «Ed25519Legacy» (RFC 9580, 9.2). */
export const ED25519_OID = Uint8Array.of(9, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01);
/** Version 1 integrity-protected messages are understood (RFC 9580, 5.2.3.32). */
const FEATURE_SEIPD_1 = 0x01;

/** The public half: what anybody can compute from an address. */
export async function certifyingKeyOf(address: MailAddress): Promise<PublicKeyPacket> {
  return readPublicKey(publicKeyBody(onionPublicKey(address)));
}

/** The secret half, from the 32-byte seed of the onion service (an RFC 8032 Ed25519 seed). */
export async function certifyingSecretKey(seed: Uint8Array): Promise<SecretKeyPacket> {
  const secret = multiprecision(seed);
  const checksum = secret.reduce((sum, octet) => (sum + octet) & 0xffff, 0);
  const packet = new SecretKeyPacket();
  await packet.read(
    concatBytes([
      publicKeyBody(ed25519.getPublicKey(seed)),
      // S2K usage 0: not locked (RFC 9580, 3.7.2.1).
      Uint8Array.of(0),
      secret,
      Uint8Array.of(checksum >> 8, checksum & 0xff),
    ]),
  );
  return packet;
}

/**
 * The transferable public key of the onion (RFC 9580, 10.1): key, User ID `<56>.onion`, self-signature 0x13 at the
 * creation time with the flags certify-only, primary User ID, preferred hashes SHA-512 and SHA-256, and SEIPD version
 * 1. Bit for bit the same for the same seed. 249 octets, or one less for each leading zero octet of the signature's R
 * and S.
 */
export async function certifyingKeyBlock(seed: Uint8Array): Promise<Uint8Array> {
  const key = await certifyingSecretKey(seed);
  const publicKey = ed25519.getPublicKey(seed);
  const userID = userIdPacket(onionOf(publicKey));
  const signature = await makeSignature({
    key,
    type: SIGNATURE.positive,
    over: { key, userID },
    at: CREATED_SECONDS * 1000,
    set: (fields) => {
      fields.keyFlags = Uint8Array.of(enums.keyFlags.certifyKeys);
      fields.isPrimaryUserID = true;
      fields.preferredHashAlgorithms = [enums.hash.sha512, enums.hash.sha256];
      fields.features = Uint8Array.of(FEATURE_SEIPD_1);
    },
  });
  const packets: Packet[] = [
    { tag: TAG.publicKey, body: publicKeyBody(publicKey) },
    { tag: TAG.userId, body: userID.write() },
    { tag: TAG.signature, body: signature.body },
  ];
  return joinPackets(packets);
}

/** A User ID packet with exactly this text. */
export function userIdPacket(text: string): UserIDPacket {
  const packet = new UserIDPacket();
  packet.read(new TextEncoder().encode(text));
  return packet;
}

/** Does the onion part of the address belong to this seed? */
export function seedBelongsTo(seed: Uint8Array, address: MailAddress): boolean {
  return Buffer.from(onionPublicKey(address)).equals(ed25519.getPublicKey(seed));
}

function onionPublicKey(address: MailAddress): Uint8Array {
  return publicKeyOf(address.slice(address.lastIndexOf('@') + 1));
}

function publicKeyBody(point: Uint8Array): Uint8Array {
  const created = Uint8Array.of(
    4,
    (CREATED_SECONDS >>> 24) & 0xff,
    (CREATED_SECONDS >>> 16) & 0xff,
    (CREATED_SECONDS >>> 8) & 0xff,
    CREATED_SECONDS & 0xff,
  );
  // 0x40 marks a native point (RFC 9580, 11.2.3); with it the number always has 263 bits.
  const prefixed = multiprecision(concatBytes([Uint8Array.of(0x40), point]));
  return concatBytes([created, Uint8Array.of(EDDSA_LEGACY), ED25519_OID, prefixed]);
}

/** Multiprecision integer (RFC 9580, 3.2): bit length, then the octets without leading zeros. */
export function multiprecision(octets: Uint8Array): Uint8Array {
  const firstUsed = octets.findIndex((octet) => octet !== 0);
  const used = firstUsed < 0 ? new Uint8Array() : octets.subarray(firstUsed);
  const bits = used.length === 0 ? 0 : (used.length - 1) * 8 + (32 - Math.clz32(used[0] ?? 0));
  return concatBytes([Uint8Array.of(bits >> 8, bits & 0xff), used]);
}

async function readPublicKey(body: Uint8Array): Promise<PublicKeyPacket> {
  const packet = new PublicKeyPacket();
  await packet.read(body);
  return packet;
}
