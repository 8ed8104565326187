import { createHash, createHmac } from 'node:crypto';
import type { OnionHost } from '../../../shared/ids';
import { encodeBase32 } from '../domain/base32';

const PURPOSE = 'posthorn delivery token 1';
const TOKEN_BYTES = 16;
const HASH_BYTES = 16;
const LAST_INDEX = 0xffff_ffff;

/**
 * Token `index` for `holder`: HMAC-SHA-256 of the purpose, the holder's name (`<56>.onion`) and the number in four
 * octets, most significant first; its first 128 bits in base32, 26 letters (PROTOCOL.md 10).
 * @throws RangeError for a number that does not fit
 */
export function deliveryToken({
  seed,
  holder,
  index,
}: {
  readonly seed: Uint8Array;
  readonly holder: OnionHost;
  readonly index: number;
}): string {
  if (!Number.isInteger(index) || index < 0 || index > LAST_INDEX) throw new RangeError('A token number has 32 bits');
  const number = Buffer.alloc(4);
  number.writeUInt32BE(index);
  const octets = createHmac('sha256', seed).update(PURPOSE, 'latin1').update(holder, 'latin1').update(number).digest();
  return encodeBase32(octets.subarray(0, TOKEN_BYTES));
}

/** What a holder knows of a token: the first 16 octets of its letters' SHA-256. */
export function deliveryTokenHash(token: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(token, 'utf8').digest().subarray(0, HASH_BYTES));
}
