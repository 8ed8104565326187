import type { Cleaned } from './cleaned';
import { joined, Octets } from './octets';

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of VP8X that say there is Exif, and XMP. */
const DETAILS = 0x08 | 0x04;
const HEADER = 12;
const FRAME = 8;
/** What stands in an ANMF before its chunks, and those that it may have. */
const FRAME_HEADER = 16;
const IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);

/** A WebP (RFC 9649) without Exif, XMP and chunks of programs. */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const file = new Octets(bytes, true);
  if (file.name(0, 4) !== 'RIFF' || file.name(8, 4) !== 'WEBP') return undefined;
  const end = Math.min(file.length, FRAME + file.u32(4));
  const kept: Uint8Array[] = [];
  for (let at = HEADER; at + FRAME <= end;) {
    const size = file.u32(at + 4);
    const next = at + FRAME + size + (size % 2);
    const type = file.name(at, 4);
    if (at + FRAME + size > end || (type === 'ANMF' && !isPlainFrame(file, at + FRAME + FRAME_HEADER, next)))
      return 'unclear';
    if (KEPT.has(type)) kept.push(type === 'VP8X' ? withoutFlags(bytes.slice(at, next)) : bytes.subarray(at, next));
    at = next;
  }
  const all = joined([bytes.slice(0, HEADER), ...kept]);
  new DataView(all.buffer).setUint32(4, all.length - FRAME, true);
  return kept.length === 0 ? 'unclear' : all;
}

/** Whether a picture of an animation holds chunks of pictures alone. */
function isPlainFrame(file: Octets, start: number, end: number): boolean {
  let at = start;
  while (at + FRAME <= end && IN_FRAME.has(file.name(at, 4))) at += FRAME + file.u32(at + 4) + (file.u32(at + 4) % 2);
  return at === end;
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  chunk[FRAME] = (chunk[FRAME] ?? 0) & ~DETAILS;
  return chunk;
}
