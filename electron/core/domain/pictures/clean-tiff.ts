import type { Cleaned } from './cleaned';
import { Octets } from './octets';

const TAG = { orientation: 0x0112, exif: 0x8769, gps: 0x8825, below: 0x014a } as const;
/**
 * Document, description, make, model, program, date, artist, host, XMP, copyright, IPTC, Photoshop's, and what Windows
 * writes: title, comment, author, words, subject.
 */
const DETAILS: ReadonlySet<number> = new Set([
  0x010d, 0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x02bc, 0x8298, 0x83bb, 0x8649, 0x9c9b, 0x9c9c,
  0x9c9d, 0x9c9e, 0x9c9f,
]);
/** What only raw files of cameras have beside a picture: DNG's version, a maker's note. */
const RAW: ReadonlySet<number> = new Set([0xc612, 0x927c]);
/** Octets of a value by the number of its type (TIFF 6.0). */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const ENTRY_OCTETS = 12;
/** A file may have many pages, and a hostile one a chain without end. */
const MOST_DIRECTORIES = 200;

/** How to turn the picture (1 to 8) by the first directory of a TIFF structure; 1 when it does not say. */
export function orientationOf(bytes: Uint8Array): number {
  const file = open(bytes);
  if (!file) return 1;
  const entry = entriesOf(file, file.u32(4)).find((at) => file.u16(at) === TAG.orientation);
  const said = entry === undefined ? 1 : file.u16(entry + 8);
  return said >= 1 && said <= 8 ? said : 1;
}

type Directory = { readonly at: number; readonly isDetails: boolean };

/**
 * A TIFF (6.0) whose details are zeros: every other place stays where it is. `unclear`: a camera's raw file, which
 * cannot be developed without them, one of the new kind for more than 4 GB, or one with a chain of directories without
 * end.
 */
export function cleanTiff(bytes: Uint8Array): Cleaned {
  const original = open(bytes);
  if (!original) return isBig(bytes) ? 'unclear' : undefined;
  const entries = detailedEntries(original);
  if (!entries || entries.some(({ tag }) => RAW.has(tag))) return 'unclear';
  const file = open(bytes.slice());
  const details = entries.filter(({ isDetails, tag }) => isDetails || DETAILS.has(tag));
  for (const { at } of details) if (file) blank(file, at);
  return file?.bytes;
}

type Entry = { readonly at: number; readonly tag: number; readonly isDetails: boolean };

/** The entries of all directories; those of Exif and GPS are details as a whole. Undefined: there are too many. */
function detailedEntries(file: Octets): Entry[] | undefined {
  const waiting: Directory[] = [{ at: file.u32(4), isDetails: false }];
  const seen = new Set([0]);
  const found: Entry[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.size >= MOST_DIRECTORIES) return undefined;
    if (seen.has(next.at)) continue;
    seen.add(next.at);
    const { isDetails } = next;
    const entries = entriesOf(file, next.at).map((at) => ({ at, tag: file.u16(at), isDetails }));
    const below = entries.filter(({ tag }) => tag === TAG.exif || tag === TAG.gps);
    waiting.push({ at: file.u32(next.at + 2 + entries.length * ENTRY_OCTETS), isDetails });
    waiting.push(...below.map(({ at }) => ({ at: file.u32(at + 8), isDetails: true })));
    for (const { at } of entries.filter(({ tag }) => tag === TAG.below))
      waiting.push(...offsetsIn(file, at).map((place) => ({ at: place, isDetails })));
    found.push(...entries.filter((entry) => !below.includes(entry)));
  }
  return found;
}

/** The directories that an entry leads to: its value, or where many lie one after the other. */
function offsetsIn(file: Octets, entry: number): number[] {
  const count = Math.min(file.u32(entry + 4), MOST_DIRECTORIES);
  const start = count === 1 ? entry + 8 : file.u32(entry + 8);
  return Array.from({ length: count }, (_, index) => file.u32(start + 4 * index));
}

function isBig(bytes: Uint8Array): boolean {
  const file = new Octets(bytes, bytes[0] === 0x49);
  return [0x4949, 0x4d4d].includes(file.u16(0)) && file.u16(2) === 43;
}

function open(bytes: Uint8Array): Octets | undefined {
  const order = new Octets(bytes).u16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const file = new Octets(bytes, order === 0x4949);
  return file.u16(2) === 42 ? file : undefined;
}

/** The places of the entries of a directory, those that lie within the file. */
function entriesOf(file: Octets, directory: number): number[] {
  const count = Math.min(file.u16(directory), Math.floor(Math.max(0, file.length - directory - 2) / ENTRY_OCTETS));
  return Array.from({ length: count }, (_, index) => directory + 2 + index * ENTRY_OCTETS);
}

/** Overwrites the value of an entry with zeros. */
function blank(file: Octets, at: number): void {
  const octets = (SIZES[file.u16(at + 2)] ?? 1) * file.u32(at + 4);
  const start = octets <= 4 ? at + 8 : file.u32(at + 8);
  file.bytes.fill(0, start, Math.min(start + octets, file.length));
}
