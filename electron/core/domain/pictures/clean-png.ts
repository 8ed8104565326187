import type { Cleaned } from './cleaned';
import { joined, Octets } from './octets';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Chunks that are not critical and still change how the picture looks or moves (PNG, third edition). */
const KEPT = new Set('tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '));
/** The chunk IEND. */
const END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);
/** Length, type and checksum of a chunk. */
const FRAME = 12;

/**
 * A PNG without texts, times, Exif and chunks of programs, and without what follows its end. A missing end is set.
 */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const file = new Octets(bytes);
  if (file.name(0, SIGNATURE.length) !== SIGNATURE) return undefined;
  const kept = [bytes.subarray(0, SIGNATURE.length)];
  let at = SIGNATURE.length;
  while (at + FRAME <= file.length) {
    const type = file.name(at + 4, 4);
    const end = at + FRAME + file.u32(at);
    // What is cut off within the picture itself may reach over notes.
    if (end > file.length) return isKept(type) ? 'unclear' : ended(kept);
    if (isKept(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return joined(kept);
    at = end;
  }
  return ended(kept);
}

function ended(kept: readonly Uint8Array[]): Cleaned {
  return kept.length > 1 ? joined([...kept, END]) : 'unclear';
}

/** A capital letter: without such a chunk the picture cannot be shown. */
function isKept(type: string): boolean {
  return /^[A-Z]/u.test(type) || KEPT.has(type);
}
