import { PosthornError } from '../../../../shared/errors';
import { MAX_DECRYPTED_BYTES } from '../../domain/limits';
import type { PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import { encryptMessage } from './encrypted-message';
import { literalOf } from '../packets/literal-data';
import { enums, type SecretKeyPacket } from '../packets/openpgp-library';
import { TAG, concatBytes, joinPackets } from '../packets/packet-framing';
import { readSecretKeyBlock } from '../keys/secret-key-block';
import { SIGNATURE, makeSignature } from '../packets/signatures';

/**
 * Signs `content` (binary, SHA-512, one pass) and encrypts it to every key of `recipients`: SEIPD version 1, AES-256,
 * no compression, because the size of compressed text tells about it. ASCII armor with checksum, CRLF line ends.
 * @param o.now milliseconds; recipients' keys must be usable then
 * @param o.signedAt the time in the signature, but never before its key; absent: `now`
 * @throws PosthornError `too-large` above MAX_DECRYPTED_BYTES, `key-refused` when a recipient's key cannot be used at
 *   `now`
 */
export async function seal(o: {
  content: Uint8Array;
  secretKey: SecretKeyBlock;
  recipients: readonly PublicKeyBlock[];
  now: number;
  signedAt?: number;
}): Promise<Uint8Array> {
  if (o.content.length > MAX_DECRYPTED_BYTES) throw tooLarge();
  if (o.recipients.length === 0)
    throw new PosthornError('no-recipient', 'The message has no recipient. It was not sealed.');
  const { primary } = await readSecretKeyBlock(o.secretKey);
  // With a clock that was set back the message would seem older than its key, and every peer would refuse it for good.
  const at = Math.max(o.signedAt ?? o.now, primary.created.getTime());
  const signature = await makeSignature({ key: primary, type: SIGNATURE.binary, over: literalOf(o.content), at });
  return encryptMessage({
    before: onePassSignature(primary),
    content: o.content,
    after: joinPackets([{ tag: TAG.signature, body: signature.body }]),
    recipients: o.recipients,
    now: o.now,
  });
}

/** RFC 9580, 5.4. */
function onePassSignature(signer: SecretKeyPacket): Uint8Array {
  const body = concatBytes([
    Uint8Array.of(3, SIGNATURE.binary, enums.hash.sha512, signer.algorithm),
    Buffer.from(signer.getKeyID().toHex(), 'hex'),
    Uint8Array.of(1),
  ]);
  return joinPackets([{ tag: TAG.onePassSignature, body }]);
}

function tooLarge(): PosthornError {
  return new PosthornError('too-large', 'The message is larger than its recipients would accept. It was not sealed.');
}
