const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const BITS = 5;

/** Base32 (RFC 4648, 6) in lower case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= BITS; bits -= BITS) text += LETTERS.charAt((value >>> (bits - BITS)) & 31);
  }
  return bits === 0 ? text : text + LETTERS.charAt((value << (BITS - bits)) & 31);
}

/** Undoes `encodeBase32`. Undefined for a foreign letter, and for what `encodeBase32` would have written otherwise. */
export function decodeBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * BITS) / 8));
  let value = 0;
  let bits = 0;
  let filled = 0;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return undefined;
    value = ((value << BITS) | digit) & 0xfff;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes[filled] = value >>> bits;
    filled += 1;
  }
  return encodeBase32(bytes) === text ? bytes : undefined;
}
