import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import { readKeyBlock } from './key-block';
import { userIdPacket } from './onion-certifying-key';
import { enums, type SecretKeyPacket } from '../packets/openpgp-library';
import { TAG, joinPackets, splitPackets } from '../packets/packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { SIGNATURE, createdAt, makeSignature, type RawSignature } from '../packets/signatures';

type KeyPair = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };

/** Packets of a key with one User ID and one subkey. */
const MAX_PACKETS = 20;
/** Version 1 integrity-protected messages are understood (RFC 9580, 5.2.3.32). */
const FEATURE_SEIPD_1 = 0x01;

/**
 * The self-signature of an identity key (PROTOCOL.md 2): certifies and signs, AES-256 first, SHA-512 and SHA-256 alone.
 * @param o.at creation time, milliseconds
 * @param o.expiresAt when the key expires, milliseconds; absent: never
 */
export function selfSignature(o: {
  primary: SecretKeyPacket;
  address: MailAddress;
  at: number;
  expiresAt?: number;
}): Promise<RawSignature> {
  return makeSignature({
    key: o.primary,
    type: SIGNATURE.positive,
    over: { key: o.primary, userID: userIdPacket(`<${o.address}>`) },
    at: o.at,
    set: (fields) => {
      fields.keyFlags = Uint8Array.of(enums.keyFlags.certifyKeys | enums.keyFlags.signData);
      fields.isPrimaryUserID = true;
      fields.preferredSymmetricAlgorithms = [enums.symmetric.aes256, enums.symmetric.aes128];
      fields.preferredHashAlgorithms = [enums.hash.sha512, enums.hash.sha256];
      fields.preferredCompressionAlgorithms = [enums.compression.uncompressed];
      fields.features = Uint8Array.of(FEATURE_SEIPD_1);
      if (o.expiresAt === undefined) return;
      fields.keyExpirationTime = Math.floor((o.expiresAt - o.primary.created.getTime()) / 1000);
      fields.keyNeverExpires = false;
    },
  });
}

/**
 * The same key, fresh from OpenPGP.js, with our own self-signature. OpenPGP.js lists SHA-3 among the hashes it prefers,
 * and gpg 2.2 warns of «preferences for unavailable algorithms» on every import.
 */
export async function withPlainPreferences({
  secretKey,
  publicKey,
  address,
}: KeyPair & { readonly address: MailAddress }): Promise<KeyPair> {
  const made = readKeyBlock(publicKey)?.[0]?.userIds[0]?.signatures[0];
  if (made === undefined) throw new PosthornError('internal', 'A key could not be made. No identity was created.');
  const { primary } = await readSecretKeyBlock(secretKey);
  const fresh = await selfSignature({ primary, address, at: createdAt(made) });
  return { secretKey: replaced(secretKey, made, fresh), publicKey: replaced(publicKey, made, fresh) };
}

function replaced(block: Uint8Array, made: RawSignature, fresh: RawSignature): Uint8Array {
  const packets = splitPackets(block, MAX_PACKETS) ?? [];
  const isMade = (body: Uint8Array): boolean => Buffer.from(body).equals(made.body);
  return joinPackets(
    packets.map((packet) =>
      packet.tag === TAG.signature && isMade(packet.body) ? { ...packet, body: fresh.body } : packet,
    ),
  );
}
