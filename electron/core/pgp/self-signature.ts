import { PosthornError } from '../../../shared/errors';
import type { MailAddress } from '../../../shared/ids';
import { readKeyBlock } from './key-block';
import { userIdPacket } from './onion-certifying-key';
import { enums } from './openpgp-library';
import { TAG, joinPackets, splitPackets } from './packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { createdAt, makeSignature, type RawSignature } from './signatures';

type KeyPair = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };

/** Packets of a key with one User ID and one subkey. */
const MAX_PACKETS = 20;

/**
 * The same key, fresh from OpenPGP.js, with a self-signature that prefers SHA-512 and SHA-256 alone. OpenPGP.js lists SHA-3 before
 * them, and gpg 2.2 warns of «preferences for unavailable algorithms» on every import. All else in it stays as it was.
 */
export async function withPlainPreferences({ secretKey, publicKey, address }: KeyPair & { readonly address: MailAddress }): Promise<KeyPair> {
  const made = readKeyBlock(publicKey)?.[0]?.userIds[0]?.signatures[0];
  if (made === undefined) throw new PosthornError('internal', 'A key could not be made. No identity was created.');
  const { primary } = await readSecretKeyBlock(secretKey);
  const fresh = await makeSignature({
    key: primary,
    type: made.type,
    over: { key: primary, userID: userIdPacket(`<${address}>`) },
    at: createdAt(made),
    set: (fields) => {
      fields.keyFlags = made.fields.keyFlags;
      fields.isPrimaryUserID = made.fields.isPrimaryUserID;
      fields.preferredSymmetricAlgorithms = made.fields.preferredSymmetricAlgorithms;
      fields.preferredHashAlgorithms = [enums.hash.sha512, enums.hash.sha256];
      fields.preferredCompressionAlgorithms = made.fields.preferredCompressionAlgorithms;
      fields.features = made.fields.features;
    },
  });
  return { secretKey: replaced(secretKey, made, fresh), publicKey: replaced(publicKey, made, fresh) };
}

function replaced(block: Uint8Array, made: RawSignature, fresh: RawSignature): Uint8Array {
  const packets = splitPackets(block, MAX_PACKETS) ?? [];
  const isMade = (body: Uint8Array): boolean => Buffer.from(body).equals(made.body);
  return joinPackets(packets.map((packet) => (packet.tag === TAG.signature && isMade(packet.body) ? { ...packet, body: fresh.body } : packet)));
}
