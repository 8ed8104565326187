import { joined, Octets } from './octets';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Chunks that are not critical and still change how the picture looks or moves (PNG, third edition). */
const KEPT = new Set('tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '));
/** Length, type and checksum of a chunk. */
const FRAME = 12;

/**
 * A PNG without texts, times, Exif and chunks of programs, and without what follows its end. Undefined for what is no
 * whole PNG.
 */
export function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  const file = new Octets(bytes);
  if (file.name(0, SIGNATURE.length) !== SIGNATURE) return undefined;
  const kept = [bytes.subarray(0, SIGNATURE.length)];
  let at = SIGNATURE.length;
  while (at + FRAME <= file.length) {
    const type = file.name(at + 4, 4);
    const end = at + FRAME + file.u32(at);
    if (end > file.length) return undefined;
    if (isCritical(type) || KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return joined(kept);
    at = end;
  }
  return undefined;
}

function isCritical(type: string): boolean {
  return /^[A-Z]/u.test(type);
}
