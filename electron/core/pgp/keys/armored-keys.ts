import { decodeArmor } from '../packets/armor';

const BEGIN = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const END = '-----END PGP PUBLIC KEY BLOCK-----';

/** Armored blocks of one file that are looked at; a file of MAX_IMPORT_BYTES with more holds blocks without a key. */
const MAX_BLOCKS = 100_000;

/**
 * The binary contents of every armored public key block in `content`, whatever stands around them, or `content` itself
 * when it is binary. A block that cannot be decoded is left out; one without an end goes on until the next begins.
 */
export function* publicKeysIn(content: Uint8Array): Generator<Uint8Array> {
  const input = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (beginsWithKey(input) || input.indexOf(BEGIN, 0, 'latin1') < 0) {
    yield content;
    return;
  }
  let begin = input.indexOf(BEGIN, 0, 'latin1');
  for (let count = 0; begin >= 0 && count < MAX_BLOCKS; count += 1) {
    const next = input.indexOf(BEGIN, begin + BEGIN.length, 'latin1');
    const decoded = decodeOne(input.subarray(begin, next < 0 ? input.length : next));
    if (decoded !== undefined) yield decoded;
    begin = next;
  }
}

/** Tag 6 in the old or new packet format (RFC 9580, 4.2), or the marker that may stand before it. */
function beginsWithKey(input: Buffer): boolean {
  const first = input[0] ?? 0;
  return (first & 0xfc) === 0x98 || first === 0xc6 || first === 0xca || first === 0xa8;
}

function decodeOne(block: Buffer): Uint8Array | undefined {
  const whole = block.includes(END, 0, 'latin1') ? block : Buffer.concat([block, Buffer.from(`\n${END}\n`)]);
  return decodeArmor(whole, 'PGP PUBLIC KEY BLOCK', 1)?.[0];
}
