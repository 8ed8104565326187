import { MAX_HEADER_CHOICES } from '../../domain/client-limits';
import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readSection, type Section } from './section';

const SIMPLE = [
  'BODYSTRUCTURE',
  'EMAILID',
  'ENVELOPE',
  'FLAGS',
  'INTERNALDATE',
  'MODSEQ',
  'RFC822',
  'RFC822.HEADER',
  'RFC822.SIZE',
  'RFC822.TEXT',
  'SAVEDATE',
  'THREADID',
  'UID',
] as const;

/** What FETCH asks for of each message (RFC 9051 6.4.5, 7162, 8474, 8514, 8970). */
export type FetchItem =
  | { readonly name: (typeof SIMPLE)[number] | 'BODY' }
  | { readonly name: 'PREVIEW'; readonly isLazy: boolean }
  | SectionItem;
export type SectionItem = {
  readonly name: 'BODY[]' | 'BINARY[]' | 'BINARY.SIZE[]';
  readonly section: Section;
  /** Reading it does not mark the message as seen. */
  readonly isPeek: boolean;
  readonly partial?: { readonly from: number; readonly count: number };
};

const MACROS: Record<string, readonly FetchItem[]> = {
  FAST: [{ name: 'FLAGS' }, { name: 'INTERNALDATE' }, { name: 'RFC822.SIZE' }],
  ALL: [{ name: 'FLAGS' }, { name: 'INTERNALDATE' }, { name: 'RFC822.SIZE' }, { name: 'ENVELOPE' }],
  FULL: [{ name: 'FLAGS' }, { name: 'INTERNALDATE' }, { name: 'RFC822.SIZE' }, { name: 'ENVELOPE' }, { name: 'BODY' }],
};

/** A macro, one item, or a list of them. */
export function readFetchItems(reader: ArgumentReader): readonly FetchItem[] {
  if (reader.next === '(') {
    const items = reader.list(() => readItem(reader));
    if (items.length === 0) throw new BadCommand('Nothing is asked for');
    if (items.filter(isHeaderChoice).length > MAX_HEADER_CHOICES) throw new BadCommand('Too many choices of fields');
    return items;
  }
  const macro = reader.match(/(?:ALL|FAST|FULL)(?= |$)/iy)?.[0].toUpperCase();
  return (macro === undefined ? undefined : MACROS[macro]) ?? [readItem(reader)];
}

const isHeaderChoice = (item: FetchItem): boolean => 'section' in item && typeof item.section.what === 'object';

const NAME = /[a-z0-9]+(?:\.(?:header|size|text|peek))*/iy;

function readItem(reader: ArgumentReader): FetchItem {
  const name = reader.match(NAME)?.[0].toUpperCase() ?? '';
  const simple = SIMPLE.find((known) => known === name);
  if (simple) return { name: simple };
  if (name === 'PREVIEW') return { name, isLazy: readLazy(reader) };
  if (name === 'BODY' && reader.next !== '[') return { name };
  const section = SECTIONS[name];
  if (!section) throw new BadCommand('There is no such item of a message');
  return readSectionItem(reader, section);
}

const SECTIONS: Record<string, Pick<SectionItem, 'name' | 'isPeek'>> = {
  BODY: { name: 'BODY[]', isPeek: false },
  'BODY.PEEK': { name: 'BODY[]', isPeek: true },
  BINARY: { name: 'BINARY[]', isPeek: false },
  'BINARY.PEEK': { name: 'BINARY[]', isPeek: true },
  'BINARY.SIZE': { name: 'BINARY.SIZE[]', isPeek: true },
};

function readLazy(reader: ArgumentReader): boolean {
  return reader.match(/ \(LAZY\)/iy) !== undefined;
}

function readSectionItem(reader: ArgumentReader, { name, isPeek }: Pick<SectionItem, 'name' | 'isPeek'>): SectionItem {
  const section = readSection(reader);
  const partial = name === 'BINARY.SIZE[]' || !reader.skip('<') ? undefined : readPartial(reader);
  return { name, section, isPeek, ...(partial ? { partial } : {}) };
}

function readPartial(reader: ArgumentReader): { from: number; count: number } {
  const from = reader.number();
  // Some programs ask for all from there on, without a length.
  const count = reader.skip('.') ? reader.nonZeroNumber() : Number.MAX_SAFE_INTEGER;
  reader.expect('>');
  return { from, count };
}

/** What stands behind the items (RFC 7162 3.1.4.1, 3.2.6). */
export type FetchModifiers = { readonly changedSince?: number; readonly isVanishedWanted: boolean };

/** Behind `FETCH set items`; nothing may follow. */
export function readFetchModifiers(reader: ArgumentReader): FetchModifiers {
  if (!reader.more()) return { isVanishedWanted: false };
  const found = reader.list(() => readModifier(reader));
  const changedSince = found.find((each) => each !== 'VANISHED');
  const isVanishedWanted = found.includes('VANISHED');
  if (isVanishedWanted && changedSince === undefined) throw new BadCommand('VANISHED needs CHANGEDSINCE');
  return { isVanishedWanted, ...(changedSince === undefined ? {} : { changedSince }) };
}

/** `VANISHED`, or the number behind CHANGEDSINCE. */
function readModifier(reader: ArgumentReader): 'VANISHED' | number {
  const name = reader.word();
  if (name === 'VANISHED') return name;
  if (name !== 'CHANGEDSINCE') throw new BadCommand('There is no such modifier of FETCH');
  reader.space();
  return reader.number(Number.MAX_SAFE_INTEGER);
}
