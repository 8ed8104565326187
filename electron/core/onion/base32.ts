const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const BITS = 5;

/** Base32 (RFC 4648, 6) in lower case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= BITS; bits -= BITS) text += LETTERS.charAt((value >>> (bits - BITS)) & 31);
    value &= 0xff;
  }
  return bits === 0 ? text : text + LETTERS.charAt((value << (BITS - bits)) & 31);
}

/** Undoes `encodeBase32`; bits that do not fill an octet are dropped. Undefined when a letter is foreign. */
export function decodeBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return undefined;
    value = ((value << BITS) | digit) & 0xfff;
    bits += BITS;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
