import { MAX_ARMOR_HEADERS } from '../../domain/key-limits';
import { crc24 } from './crc24';

export type ArmorLabel = 'PGP MESSAGE' | 'PGP PUBLIC KEY BLOCK' | 'PGP PRIVATE KEY BLOCK' | 'PGP SIGNATURE';

const LINE_OCTETS = 48;
const LINE_CHARACTERS = 64;
const CHUNK_LINES = 4096;
/** Whatever follows the data in one block: line end, checksum, line end, spaces. */
const CHECKSUM_TAIL = 64;

/** ASCII armor (RFC 9580, 6.2): CRLF line ends, lines of 64, checksum, no header lines. */
export function encodeArmor(label: ArmorLabel, bytes: Uint8Array): Uint8Array {
  const head = `-----BEGIN ${label}-----\r\n\r\n`;
  const tail = `=${base64(crc24(bytes))}\r\n-----END ${label}-----\r\n`;
  const characters = Math.ceil(bytes.length / 3) * 4;
  const lines = Math.ceil(characters / LINE_CHARACTERS);
  // Not from Buffer's pool: the answer may be handed to another thread.
  const out = Buffer.from(new ArrayBuffer(head.length + characters + lines * 2 + tail.length));
  let at = out.write(head, 0, 'latin1');
  for (let start = 0; start < bytes.length; start += LINE_OCTETS * CHUNK_LINES) {
    at = writeLines(out, at, base64(bytes.subarray(start, start + LINE_OCTETS * CHUNK_LINES)));
  }
  out.write(tail, at, 'latin1');
  return out;
}

function writeLines(out: Buffer, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index += LINE_CHARACTERS) {
    at += out.write(`${text.slice(index, index + LINE_CHARACTERS)}\r\n`, at, 'latin1');
  }
  return at;
}

/**
 * The decoded data of every armored block called `label` in `bytes`. `undefined` when there is none, more than
 * `maxBlocks`, or one has no end or no data. The checksum is not compared: RFC 9580, 6.1 forbids refusing because of
 * it.
 */
export function decodeArmor(bytes: Uint8Array, label: ArmorLabel, maxBlocks: number): Uint8Array[] | undefined {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Uint8Array[] = [];
  let begin = findLine(input, `-----BEGIN ${label}-----`, 0);
  while (begin >= 0) {
    const end = findLine(input, `-----END ${label}-----`, begin);
    const start = skipHeaders(input, begin);
    if (blocks.length === maxBlocks || end < 0 || start < 0 || start > end) return undefined;
    const data = decodeBody(input.subarray(start, end));
    if (data.length === 0) return undefined;
    blocks.push(data);
    begin = findLine(input, `-----BEGIN ${label}-----`, end);
  }
  return blocks.length === 0 ? undefined : blocks;
}

/** True when `bytes` cannot be a binary packet sequence, whose first octet has its high bit set (RFC 9580, 4.2). */
export function looksArmored(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0x80) === 0;
}

function findLine(input: Buffer, line: string, from: number): number {
  let at = input.indexOf(line, from, 'latin1');
  while (at > 0 && input[at - 1] !== 0x0a) at = input.indexOf(line, at + 1, 'latin1');
  return at;
}

/** Position after the empty line that ends the armor headers, or -1. */
function skipHeaders(input: Buffer, begin: number): number {
  let at = input.indexOf(0x0a, begin) + 1;
  for (let line = 0; at > 0 && line <= MAX_ARMOR_HEADERS; line += 1) {
    const end = input.indexOf(0x0a, at);
    if (end < 0) return -1;
    if (input.toString('latin1', at, Math.min(end, at + LINE_CHARACTERS)).trim() === '') return end + 1;
    at = end + 1;
  }
  return -1;
}

function decodeBody(body: Buffer): Uint8Array {
  const tailStart = Math.max(0, body.length - CHECKSUM_TAIL);
  const tail = body.toString('latin1', tailStart);
  const checksum = /(?:^|\n)=[A-Za-z0-9+/]{4}\s*$/.exec(tail);
  const end = checksum === null ? body.length : tailStart + checksum.index;
  return Buffer.from(body.toString('latin1', 0, end), 'base64');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
