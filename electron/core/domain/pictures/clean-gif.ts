import type { Cleaned } from './cleaned';
import { joined, Octets } from './octets';

const BLOCK = { extension: 0x21, image: 0x2c, end: 0x3b } as const;
const LABEL = { control: 0xf9, text: 0x01, application: 0xff } as const;
/** Applications whose block says how often the pictures are shown. */
const KEPT = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);
const HEADER = 13;
const DESCRIPTOR = 10;

/** A GIF (89a) without comments, blocks of programs, and what follows its end. A missing end is set. */
export function cleanGif(bytes: Uint8Array): Cleaned {
  const file = new Octets(bytes);
  if (!['GIF87a', 'GIF89a'].includes(file.name(0, 6))) return undefined;
  let at = HEADER + tableOctets(file.u8(10));
  const kept = [bytes.subarray(0, at)];
  const ended = (): Cleaned => (kept.length > 1 ? joined([...kept, Uint8Array.of(BLOCK.end)]) : 'unclear');
  while (at < file.length) {
    const kind = file.u8(at);
    if (kind === BLOCK.end) return ended();
    // Programs pass over empty blocks.
    const next = kind === 0 ? at + 1 : endOfBlock(file, at);
    if (next === undefined) return 'unclear';
    if (kind !== 0 && isNeeded(file, at)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return ended();
}

function isNeeded(file: Octets, at: number): boolean {
  if (file.u8(at) === BLOCK.image) return true;
  const label = file.u8(at + 1);
  if (label === LABEL.application) return KEPT.has(file.name(at + 3, 11));
  return label === LABEL.control || label === LABEL.text;
}

function endOfBlock(file: Octets, at: number): number | undefined {
  if (file.u8(at) === BLOCK.extension) return endOfData(file, at + 2);
  if (file.u8(at) !== BLOCK.image) return undefined;
  // The octet before the data is the size of its codes.
  return endOfData(file, at + DESCRIPTOR + tableOctets(file.u8(at + 9)) + 1);
}

function endOfData(file: Octets, start: number): number | undefined {
  let at = start;
  while (at < file.length) {
    const size = file.u8(at);
    at += 1 + size;
    if (size === 0) return at;
  }
  return undefined;
}

/** Octets of the colour table that these flags announce. */
function tableOctets(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}
