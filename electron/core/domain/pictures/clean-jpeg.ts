import { orientationOf } from './clean-tiff';
import { joined, Octets } from './octets';

const MARKER = { start: 0xd8, end: 0xd9, scan: 0xda, comment: 0xfe, app0: 0xe0, app15: 0xef } as const;
const EXIF = 'Exif\0\0';
/** What a picture needs to be shown right; everything else in an APPn segment is about how it came to be. */
const KEPT_APPS = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);
const UPRIGHT = 1;

type Walk = { readonly kept: Uint8Array[]; orientation: number };

/**
 * A JPEG (ITU-T T.81) without the segments that tell of place, time, camera or program, and without what follows its
 * end, where telephones put a second picture or a film. Only the orientation stays. Undefined for what is no whole
 * JPEG.
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const file = new Octets(bytes);
  if (file.u16(0) !== 0xffd8) return undefined;
  const walk: Walk = { kept: [], orientation: UPRIGHT };
  let at = 2;
  while (at < file.length) {
    const next = takeSegment(file, at, walk);
    if (next === undefined) return undefined;
    if (next === 'end') return joined([bytes.subarray(0, 2), ...oriented(walk), Uint8Array.of(0xff, MARKER.end)]);
    at = next;
  }
  return undefined;
}

/** The place of the next segment; `end`: the picture ends here; undefined: this is no segment. */
function takeSegment(file: Octets, at: number, walk: Walk): number | 'end' | undefined {
  if (file.u8(at) !== 0xff) return undefined;
  const marker = file.u8(at + 1);
  // Fill octets may stand before a marker.
  if (marker === 0xff) return at + 1;
  if (marker === MARKER.end) return 'end';
  const length = file.u16(at + 2);
  if (length < 2 || at + 2 + length > file.length) return undefined;
  const end = at + 2 + length;
  if (isNeeded(file, at, marker)) walk.kept.push(file.bytes.subarray(at, end));
  else if (file.name(at + 4, EXIF.length) === EXIF)
    walk.orientation = orientationOf(file.bytes.subarray(at + 4 + EXIF.length, end));
  return marker === MARKER.scan ? takeScan(file, end, walk) : end;
}

function isNeeded(file: Octets, at: number, marker: number): boolean {
  if (marker === MARKER.comment) return false;
  if (marker < MARKER.app0 || marker > MARKER.app15) return true;
  const kept = KEPT_APPS.get(marker);
  return kept !== undefined && file.name(at + 4, kept.length) === kept;
}

/** The coded picture goes on to the next marker that is neither a stuffed octet nor a restart. */
function takeScan(file: Octets, start: number, walk: Walk): number {
  let at = start;
  const isData = (next: number): boolean => next === 0 || (next >= 0xd0 && next <= 0xd7);
  for (;;) {
    at = file.bytes.indexOf(0xff, at);
    if (at === -1) break;
    if (!isData(file.u8(at + 1))) break;
    at += 2;
  }
  const end = at === -1 ? file.length : at;
  walk.kept.push(file.bytes.subarray(start, end));
  return end;
}

/** The kept segments, with a word on how to turn the picture behind JFIF's, which has to be the first. */
function oriented({ kept, orientation }: Walk): Uint8Array[] {
  if (orientation === UPRIGHT) return kept;
  const first = kept[0]?.[1] === MARKER.app0 ? 1 : 0;
  return [...kept.slice(0, first), orientationSegment(orientation), ...kept.slice(first)];
}

/** APP1 with Exif 2.3 of one entry: tag 0x0112, SHORT. */
function orientationSegment(orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const header = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  const entries = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const length = 2 + exif.length + header.length + entries.length;
  return Uint8Array.of(0xff, 0xe1, 0, length, ...exif, ...header, ...entries);
}
