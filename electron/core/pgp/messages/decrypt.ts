import { MAX_DECRYPTED_BYTES } from '../../domain/limits';
import type { SecretKeyBlock } from '../../ports/keys';
import type { DecryptOutcome } from '../../ports/pgp';
import { decompress } from '../packets/decompress';
import { openProtected } from './protected-message';
import { withCrlf } from '../packets/literal-data';
import { readSignedMessage } from '../packets/signed-message';

/**
 * Opens a message of PROTOCOL.md 5, armored or binary: session keys, one SEIPD version 1 packet, nothing else;
 * inside, perhaps in one compressed packet, exactly one signed literal. `content` and `signedMessage` are views of
 * the same memory, unless line ends had to be made CR LF. The signature is not checked here. `retired`: keys of
 * before, tried in their order when the present one does not fit. /
 */
export async function decrypt(o: {
  sealed: Uint8Array;
  secretKey: SecretKeyBlock;
  retired?: readonly SecretKeyBlock[];
}): Promise<DecryptOutcome> {
  const plain = await openProtected(o);
  return plain.outcome === 'refused' ? plain : readInner(plain.value, o.sealed.length);
}

async function readInner(plain: Uint8Array, sealedBytes: number): Promise<DecryptOutcome> {
  const reading = readSignedMessage(plain);
  if (reading.outcome !== 'compressed') return finish(reading, plain);
  const decompressed = await decompress(reading.body, sealedBytes);
  if (decompressed.outcome === 'refused') return decompressed;
  const inner = readSignedMessage(decompressed.bytes);
  // Compression inside compression has no use but the bomb.
  return inner.outcome === 'compressed'
    ? { outcome: 'refused', reason: 'malformed' }
    : finish(inner, decompressed.bytes);
}

function finish(
  reading: Exclude<ReturnType<typeof readSignedMessage>, { outcome: 'compressed' }>,
  signedMessage: Uint8Array,
): DecryptOutcome {
  if (reading.outcome === 'refused') return reading;
  const { octets, isText } = reading.message.literal;
  const isTooLarge = octets.length > MAX_DECRYPTED_BYTES;
  const content = isText && !isTooLarge ? withCrlf(octets, MAX_DECRYPTED_BYTES) : octets;
  if (isTooLarge || content === undefined) return { outcome: 'refused', reason: 'too-large' };
  return { outcome: 'decrypted', content, signedMessage };
}
