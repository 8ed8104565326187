import { createHash, generateKeyPairSync } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const VERSION = Buffer.of(3);

/** The address of somebody at an onion that nobody serves (rend-spec-v3, 6). */
export function randomAddress(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const checksum = createHash('sha3-256').update('.onion checksum').update(key).update(VERSION).digest().subarray(0, 2);
  return `somebody@${base32(Buffer.concat([key, checksum, VERSION]))}.onion`;
}

function base32(octets: Uint8Array): string {
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/gu) ?? []).map((five) => LETTERS[parseInt(five, 2)]).join('');
}
