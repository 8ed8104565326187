import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { aesCfb } from '../packets/aes-cfb';
import { readKeyBlock, type RawKey } from '../keys/key-block';
import { certifyingSecretKey, multiprecision, userIdPacket } from '../keys/onion-certifying-key';
import { PublicSubkeyPacket, enums, type SecretKeyPacket, type UserIDPacket } from '../packets/openpgp-library';
import { TAG, concatBytes, joinPackets, type Packet } from '../packets/packet-framing';
import { readSecretKeyBlock } from '../keys/secret-key-block';
import { encryptSessionKey } from '../messages/session-key';
import { makeSignature, readSignature, type RawSignature, type SignedObject } from '../packets/signatures';
import type { TestIdentity } from './own-identity';

/**
 * For tests: everything an attacker, or a careless program, could have at hand to make key blocks and messages with.
 */
export type Workshop = {
  readonly raw: RawKey;
  readonly primary: SecretKeyPacket;
  readonly certifier: SecretKeyPacket;
  readonly userId: UserIDPacket;
  readonly subkey: PublicSubkeyPacket;
  readonly self: RawSignature;
  readonly onion: RawSignature;
  readonly binding: RawSignature;
};

export async function openWorkshop(identity: TestIdentity): Promise<Workshop> {
  const raw = readKeyBlock(identity.keys.publicKey)![0]!;
  const [self, onion] = raw.userIds[0]!.signatures;
  const subkeyPart = raw.subkeys[0]!;
  const subkey = new PublicSubkeyPacket();
  await subkey.read(subkeyPart.packet.body);
  const { primary } = await readSecretKeyBlock(identity.keys.secretKey);
  const certifier = await certifyingSecretKey(identity.seed);
  const userId = userIdPacket(`<${identity.address}>`);
  return { raw, primary, certifier, userId, subkey, self: self!, onion: onion!, binding: subkeyPart.signatures[0]! };
}

/** A signature that is good but for its hash, which OpenPGP.js would not sign with. */
export async function weakSignature(o: {
  readonly key: SecretKeyPacket;
  readonly type: number;
  readonly over: SignedObject;
  readonly at: number;
  readonly hash: 'sha1' | 'md5';
}): Promise<RawSignature> {
  const strong = await makeSignature(o);
  const hashedEnd = 6 + (strong.body[4] ?? 0) * 256 + (strong.body[5] ?? 0);
  const head = Uint8Array.from(strong.body.subarray(0, hashedEnd));
  head[3] = enums.hash[o.hash];
  const trailer = Uint8Array.of(4, 0xff, 0, 0, hashedEnd >> 8, hashedEnd & 0xff);
  const over = (strong.fields as unknown as { toSign(type: number, over: SignedObject): Uint8Array }).toSign(
    o.type,
    o.over,
  );
  const digest = createHash(o.hash).update(over).update(head).update(trailer).digest();
  const signature = ed25519.sign(digest, (o.key.privateParams as { seed: Uint8Array }).seed);
  const tail = [
    Uint8Array.of(0, 0),
    digest.subarray(0, 2),
    multiprecision(signature.subarray(0, 32)),
    multiprecision(signature.subarray(32)),
  ];
  return readBack(concatBytes([head, ...tail]));
}

/** The same octets with another signature type written over the signed one. */
export function withType(signature: RawSignature, type: number): RawSignature {
  const body = Uint8Array.from(signature.body);
  body[1] = type;
  return readBack(body);
}

export function readBack(body: Uint8Array): RawSignature {
  const signature = readSignature(body);
  if (signature === undefined) throw new Error('a forged signature that cannot even be read');
  return signature;
}

/** Encrypts any packets to an identity in SEIPD version 1, binary. `spoil` works on the plaintext with its MDC. */
export async function encryptPackets(
  inner: Uint8Array,
  to: PublicSubkeyPacket,
  spoil?: (plain: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  const sessionKey = { algorithm: enums.symmetric.aes256, key: new Uint8Array(32).fill(7) };
  const hashed = concatBytes([new Uint8Array(18).fill(5), inner, Uint8Array.of(0xd3, 0x14)]);
  const intact = concatBytes([hashed, createHash('sha1').update(hashed).digest()]);
  const plain = Uint8Array.from(spoil?.(intact) ?? intact);
  aesCfb('encrypt', sessionKey.key, plain);
  return joinPackets([
    { tag: TAG.encryptedSessionKey, body: await encryptSessionKey(sessionKey, to) },
    { tag: TAG.encryptedWithIntegrity, body: concatBytes([Uint8Array.of(1), plain]) },
  ]);
}

/** The three packets of a signed message. */
export function signedPackets(o: {
  readonly signature: RawSignature;
  readonly content: Uint8Array;
  readonly onePass?: Uint8Array;
}): Packet[] {
  const { fields, type } = o.signature;
  const keyId = Buffer.from(fields.issuerKeyID.toHex(), 'hex');
  const claims = [3, type, fields.hashAlgorithm ?? 0, fields.publicKeyAlgorithm ?? 0, ...keyId, 1];
  return [
    { tag: TAG.onePassSignature, body: o.onePass ?? Uint8Array.from(claims) },
    { tag: TAG.literal, body: concatBytes([Uint8Array.of(0x62, 0, 0, 0, 0, 0), o.content]) },
    { tag: TAG.signature, body: o.signature.body },
  ];
}
