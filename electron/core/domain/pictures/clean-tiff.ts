import { Octets } from './octets';

const TAG = { orientation: 0x0112, exif: 0x8769, gps: 0x8825 } as const;
/**
 * Document, description, make, model, program, date, artist, host, XMP, copyright, IPTC, Photoshop's, and what Windows
 * writes: title, comment, author, words, subject.
 */
const DETAILS: ReadonlySet<number> = new Set([
  0x010d, 0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x02bc, 0x8298, 0x83bb, 0x8649, 0x9c9b, 0x9c9c,
  0x9c9d, 0x9c9e, 0x9c9f,
]);
/** What only raw files of cameras have beside a picture: sub-directories, DNG's version, a maker's note. */
const RAW: ReadonlySet<number> = new Set([0x014a, 0xc612, 0x927c]);
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
 * A TIFF (6.0) whose details are zeros: every other place stays where it is. Undefined when it has none, is no TIFF, or
 * is a camera's raw file, which cannot be developed without them.
 */
export function cleanTiff(bytes: Uint8Array): Uint8Array | undefined {
  const original = open(bytes);
  if (!original) return undefined;
  const entries = detailedEntries(original);
  if (entries.some(({ tag }) => RAW.has(tag))) return undefined;
  const file = open(bytes.slice());
  const details = entries.filter(({ isDetails, tag }) => isDetails || DETAILS.has(tag));
  const changed = details.filter(({ at }) => file && blank(file, at));
  return changed.length > 0 ? file?.bytes : undefined;
}

type Entry = { readonly at: number; readonly tag: number; readonly isDetails: boolean };

/** The entries of all directories; those of Exif and GPS are details as a whole. */
function detailedEntries(file: Octets): Entry[] {
  const waiting: Directory[] = [{ at: file.u32(4), isDetails: false }];
  const seen = new Set([0]);
  const found: Entry[] = [];
  for (let next = waiting.pop(); next && seen.size < MOST_DIRECTORIES; next = waiting.pop()) {
    if (seen.has(next.at)) continue;
    seen.add(next.at);
    const { isDetails } = next;
    const entries = entriesOf(file, next.at).map((at) => ({ at, tag: file.u16(at), isDetails }));
    const below = entries.filter(({ tag }) => tag === TAG.exif || tag === TAG.gps);
    waiting.push({ at: file.u32(next.at + 2 + entries.length * ENTRY_OCTETS), isDetails });
    waiting.push(...below.map(({ at }) => ({ at: file.u32(at + 8), isDetails: true })));
    found.push(...entries.filter((entry) => !below.includes(entry)));
  }
  return found;
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

/** Overwrites the value of an entry with zeros; whether any of it was not zero. */
function blank(file: Octets, at: number): boolean {
  const octets = (SIZES[file.u16(at + 2)] ?? 1) * file.u32(at + 4);
  const start = octets <= 4 ? at + 8 : file.u32(at + 8);
  const value = file.bytes.subarray(start, Math.min(start + octets, file.length));
  const hadSome = value.some((octet) => octet !== 0);
  value.fill(0);
  return hadSome;
}
