import { sha3_256 } from '@noble/hashes/sha3.js';
import type { OnionHost } from '../../../../shared/ids';
import { concatBytes } from '../packets/packet-framing';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SUFFIX = '.onion';
const KEY_OCTETS = 32;
const VERSION = Uint8Array.of(3);

/** `<56>.onion` of a service's public key (rend-spec-v3, 6). BoringSSL has no SHA-3, so its hash is not Node's. */
export function onionOf(publicKey: Uint8Array): OnionHost {
  const label = new TextEncoder().encode('.onion checksum');
  const checksum = sha3_256(concatBytes([label, publicKey, VERSION])).subarray(0, 2);
  return `${base32(concatBytes([publicKey, checksum, VERSION]))}${SUFFIX}` as OnionHost;
}

/** The 32-byte public key inside a `<56>.onion`; its checksum and version are checked where addresses are read. */
export function publicKeyOf(onion: string): Uint8Array {
  const key = new Uint8Array(KEY_OCTETS);
  let pending = 0;
  let bits = 0;
  let filled = 0;
  for (const letter of onion.slice(0, -SUFFIX.length)) {
    pending = ((pending << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8 || filled === KEY_OCTETS) continue;
    bits -= 8;
    key[filled] = (pending >> bits) & 0xff;
    filled += 1;
  }
  return key;
}

function base32(bytes: Uint8Array): string {
  let letters = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) letters += ALPHABET.charAt((pending >> (bits - 5)) & 31);
  }
  return letters;
}
