import type { Cleaned } from './cleaned';
import { Octets } from './octets';

const BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis|miaf)$/u;
/** A file has few boxes on each level; a hostile one is left after so many. */
const MOST_BOXES = 10_000;

type Box = { readonly type: string; readonly start: number; readonly end: number };

/** What a picture or a series of pictures is made of; everything else is of programs, or a film behind the picture. */
const NEEDED = new Set(['ftyp', 'meta', 'mdat', 'moov', 'moof', 'mfra', 'sidx', 'styp']);
/** Boxes that hold others, in which notes can lie as well. */
const HOLDERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf', 'mvex', 'edts', 'dinf']);
const NOTES = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);
/** Levels of boxes; deeper ones a hostile file alone has. */
const MOST_LEVELS = 8;

/**
 * A HEIC or AVIF (ISO 23008-12) whose Exif, XMP, films and boxes of programs are zeros: every other place stays where
 * it is.
 */
export function cleanHeif(bytes: Uint8Array): Cleaned {
  const start = new Octets(bytes);
  if (start.name(4, 4) !== 'ftyp' || !BRANDS.test(start.name(8, 4))) return undefined;
  const copy = bytes.slice();
  const file = new Octets(copy);
  const boxes = boxesIn(file, 0, file.length);
  const metas = boxes.filter(({ type }) => type === 'meta');
  const details = metas.map((meta) => detailsOf(file, meta));
  const found = details.flatMap((places) => places ?? []);
  if (metas.length === 0 || details.includes(undefined)) return 'unclear';
  const own = boxes.filter(({ type }) => !NEEDED.has(type));
  const behind = { start: boxes.at(-1)?.end ?? 0, end: file.length };
  const inside = boxes.filter(({ type }) => HOLDERS.has(type)).flatMap((box) => notesIn(file, box, MOST_LEVELS));
  for (const { start: from, end } of [...own, behind, ...inside, ...found]) copy.fill(0, from, end);
  return copy;
}

/** Boxes of notes within this one, at any level. */
function notesIn(file: Octets, { start, end }: Box, levels: number): Place[] {
  const boxes = levels === 0 ? [] : boxesIn(file, start, end);
  return boxes.flatMap((box) => {
    if (NOTES.has(box.type)) return [box];
    return HOLDERS.has(box.type) ? notesIn(file, box, levels - 1) : [];
  });
}

/** The boxes from one place to another, with the place of what is in them. */
function boxesIn(file: Octets, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < MOST_BOXES;) {
    const size = file.u32(at);
    const header = size === 1 ? 16 : 8;
    const length = size === 0 ? to - at : size === 1 ? file.number(at + 8, 8) : size;
    if (length < header || at + length > to) break;
    boxes.push({ type: file.name(at + 4, 4), start: at + header, end: at + length });
    at += length;
  }
  return boxes;
}

type Place = { readonly start: number; readonly end: number };

/** Where the items lie that are Exif or, as a `mime` item, XMP; undefined when that cannot be read. */
function detailsOf(file: Octets, meta: Box): Place[] | undefined {
  const inside = boxesIn(file, meta.start + 4, meta.end);
  const [info, location, data] = ['iinf', 'iloc', 'idat'].map((type) => inside.find((box) => box.type === type));
  if (!info || !location || file.u8(location.start) > 2) return undefined;
  const ids = detailItems(file, info);
  const own = inside.filter(({ type }) => NOTES.has(type));
  return [...own, ...placesOf(file, location, data?.start ?? 0).filter(({ id }) => ids.has(id))];
}

function detailItems(file: Octets, info: Box): Set<number> {
  const isShort = file.u8(info.start) === 0;
  const entries = boxesIn(file, info.start + (isShort ? 6 : 8), info.end).filter(({ type }) => type === 'infe');
  const found = entries.map(({ start }) => {
    const version = file.u8(start);
    const idOctets = version === 3 ? 4 : 2;
    return { id: file.number(start + 4, idOctets), type: file.name(start + 4 + idOctets + 2, 4), version };
  });
  return new Set(found.filter(({ type, version }) => version >= 2 && /^(Exif|mime)$/u.test(type)).map(({ id }) => id));
}

type Fields = {
  readonly version: number;
  readonly offset: number;
  readonly length: number;
  readonly base: number;
  readonly index: number;
};

/** Reads `iloc` (ISO 14496-12, 8.11.3): the extents of every item, within the file. */
function placesOf(file: Octets, { start, end }: Box, data: number): (Place & { id: number })[] {
  const version = file.u8(start);
  const [sizes, more] = [file.u8(start + 4), file.u8(start + 5)];
  const fields = {
    version,
    offset: sizes >> 4,
    length: sizes & 15,
    base: more >> 4,
    index: version === 0 ? 0 : more & 15,
  };
  const idOctets = version < 2 ? 2 : 4;
  const places: (Place & { id: number })[] = [];
  let at = start + 6 + idOctets;
  for (let items = file.number(start + 6, idOctets); items > 0 && at < end && places.length < MOST_BOXES; items -= 1) {
    const item = itemAt(file, { at: at + idOctets, end, fields, data });
    places.push(...item.places.map((place) => ({ ...place, id: file.number(at, idOctets) })));
    at = item.next;
  }
  return places;
}

/** One item of `iloc` behind its number: its extents, and where the next begins. */
function itemAt(
  file: Octets,
  o: { readonly at: number; readonly end: number; readonly fields: Fields; readonly data: number },
): { readonly places: Place[]; readonly next: number } {
  const { version, offset, length, base, index } = o.fields;
  const method = version === 0 ? 0 : file.u16(o.at) & 15;
  const from = o.at + (version === 0 ? 2 : 4);
  const start = file.number(from, base) + (method === 1 ? o.data : 0);
  const places: Place[] = [];
  let at = from + base + 2;
  for (let left = file.u16(at - 2); left > 0 && at < o.end; left -= 1) {
    const begins = start + file.number(at + index, offset);
    at += index + offset;
    places.push({ start: begins, end: Math.min(file.length, begins + file.number(at, length)) });
    at += length;
    if (index + offset + length === 0) break;
  }
  return { places, next: at };
}
