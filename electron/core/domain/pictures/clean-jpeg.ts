import type { Cleaned } from './cleaned';
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

type Walk = { readonly kept: Uint8Array[]; orientation: number; hasScan: boolean };

/**
 * A JPEG (ITU-T T.81) without the segments that tell of place, time, camera or program, and without what follows its
 * end, where telephones put a second picture or a film. Only the orientation stays. Stray octets between segments go,
 * too, and a missing end is set: programs show such a picture all the same.
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const file = new Octets(bytes);
  if (file.u16(0) !== 0xffd8) return undefined;
  const walk: Walk = { kept: [], orientation: UPRIGHT, hasScan: false };
  for (let at: number | 'end' = 2; at !== 'end' && at < file.length;) at = takeSegment(file, at, walk);
  if (!walk.hasScan) return 'unclear';
  return joined([bytes.subarray(0, 2), ...oriented(walk), Uint8Array.of(0xff, MARKER.end)]);
}

/** The place of the next segment; `end`: the picture ends here, or is cut off. */
function takeSegment(file: Octets, at: number, walk: Walk): number | 'end' {
  if (file.u8(at) !== 0xff) return markerFrom(file, at);
  const marker = file.u8(at + 1);
  // Fill octets may stand before a marker.
  if (marker === 0xff) return at + 1;
  if (marker === MARKER.end) return 'end';
  if (isAlone(marker)) return at + 2;
  const length = file.u16(at + 2);
  if (length < 2 || at + 2 + length > file.length) return 'end';
  const end = at + 2 + length;
  if (isNeeded(file, at, marker)) walk.kept.push(file.bytes.subarray(at, end));
  else if (file.name(at + 4, EXIF.length) === EXIF)
    walk.orientation = orientationOf(file.bytes.subarray(at + 4 + EXIF.length, end));
  return marker === MARKER.scan ? takeScan(file, end, walk) : end;
}

function markerFrom(file: Octets, at: number): number | 'end' {
  const next = file.bytes.indexOf(0xff, at);
  return next === -1 ? 'end' : next;
}

/** Markers without a segment; between others they mean nothing. */
function isAlone(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isNeeded(file: Octets, at: number, marker: number): boolean {
  if (marker === MARKER.comment) return false;
  if (marker < MARKER.app0 || marker > MARKER.app15) return true;
  const kept = KEPT_APPS.get(marker);
  return kept !== undefined && file.name(at + 4, kept.length) === kept;
}

/** The coded picture goes on to the next marker that is neither a stuffed octet nor a restart. */
function takeScan(file: Octets, start: number, walk: Walk): number {
  walk.hasScan = true;
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
