import { promisify } from 'node:util';
import { inflate, inflateRaw } from 'node:zlib';
import { lacksMemory } from '../../worker/lacks-memory';
import { MAX_COMPRESSION_RATIO, MAX_DECRYPTED_BYTES, MIN_DECOMPRESSION_BYTES } from '../../domain/limits';

export type Decompression =
  | { readonly outcome: 'decompressed'; readonly bytes: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: 'too-large' | 'malformed' };

const UNCOMPRESSED = 0;
const ZIP = 1;
const ZLIB = 2;
/** Packet headers and signature around the literal data. */
const FRAMING_BYTES = 64 * 1024;

/**
 * Body of a compressed data packet (RFC 9580, 5.6), never more than the limit of decrypted data, and of a small message
 * less: a bomb stops there. BZip2 is refused; our keys do not name it among the algorithms they prefer. Throws when the
 * machine has no memory left, which says nothing of the body.
 * @param sealedBytes the octets of the message that the packet came in
 */
export async function decompress(body: Uint8Array, sealedBytes: number): Promise<Decompression> {
  const algorithm = body[0];
  if (algorithm === UNCOMPRESSED) return { outcome: 'decompressed', bytes: body.subarray(1) };
  const run = algorithm === ZIP ? promisify(inflateRaw) : algorithm === ZLIB ? promisify(inflate) : undefined;
  if (run === undefined) return { outcome: 'refused', reason: 'malformed' };
  try {
    const most = Math.max(MIN_DECOMPRESSION_BYTES, MAX_COMPRESSION_RATIO * sealedBytes);
    const options = { maxOutputLength: Math.min(MAX_DECRYPTED_BYTES, most) + FRAMING_BYTES };
    return { outcome: 'decompressed', bytes: await run(body.subarray(1), options) };
  } catch (error) {
    if (lacksMemory(error)) throw error;
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { outcome: 'refused', reason: tooLarge ? 'too-large' : 'malformed' };
  }
}
