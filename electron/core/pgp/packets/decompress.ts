import { promisify } from 'node:util';
import { inflate, inflateRaw } from 'node:zlib';
import { MAX_DECRYPTED_BYTES } from '../../domain/limits';

export type Decompression =
  | { readonly outcome: 'decompressed'; readonly bytes: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: 'too-large' | 'malformed' };

const UNCOMPRESSED = 0;
const ZIP = 1;
const ZLIB = 2;
/** Packet headers and signature around the literal data. */
const FRAMING_BYTES = 64 * 1024;

/**
 * Body of a compressed data packet (RFC 9580, 5.6), never more than the limit of decrypted data: a bomb stops there.
 * BZip2 is refused; our keys do not name it among the algorithms they prefer.
 */
export async function decompress(body: Uint8Array): Promise<Decompression> {
  const algorithm = body[0];
  if (algorithm === UNCOMPRESSED) return { outcome: 'decompressed', bytes: body.subarray(1) };
  const run = algorithm === ZIP ? promisify(inflateRaw) : algorithm === ZLIB ? promisify(inflate) : undefined;
  if (run === undefined) return { outcome: 'refused', reason: 'malformed' };
  try {
    const options = { maxOutputLength: MAX_DECRYPTED_BYTES + FRAMING_BYTES };
    return { outcome: 'decompressed', bytes: await run(body.subarray(1), options) };
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { outcome: 'refused', reason: tooLarge ? 'too-large' : 'malformed' };
  }
}
