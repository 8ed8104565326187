import { MAX_SEARCH_KEYS } from '../../domain/client-limits';
import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readDate } from './date-time';
import { readSequenceSet, type SequenceSet } from './sequence-set';

/** What SEARCH, SORT and THREAD look for (RFC 9051 6.4.4; OBJECTID, SAVEDATE, CONDSTORE). */
export type SearchKey =
  | { readonly key: 'all' }
  | { readonly key: 'and'; readonly keys: readonly SearchKey[] }
  | { readonly key: 'or'; readonly keys: readonly [SearchKey, SearchKey] }
  | { readonly key: 'not'; readonly of: SearchKey }
  /** `flag`: a system flag or a keyword. */
  | { readonly key: 'flag'; readonly flag: string }
  | { readonly key: 'text'; readonly where: TextPlace; readonly octets: Uint8Array }
  | { readonly key: 'header'; readonly field: string; readonly octets: Uint8Array }
  /** Days, as midnights in UTC: from this one on, and before that one. */
  | {
      readonly key: 'date';
      readonly of: 'internal' | 'sent' | 'saved';
      readonly from?: number;
      readonly before?: number;
    }
  | { readonly key: 'size'; readonly over?: number; readonly under?: number }
  | { readonly key: 'modseq'; readonly atLeast: number }
  | { readonly key: 'numbers' | 'uids'; readonly set: SequenceSet }
  | { readonly key: 'id'; readonly of: 'email' | 'thread'; readonly id: string }
  /** `\Recent`, which RFC 9051 has no more. */
  | { readonly key: 'recent' }
  /** Whether the program knows when it was saved: of all. */
  | { readonly key: 'save-date-known' };
type TextPlace = 'bcc' | 'body' | 'cc' | 'from' | 'subject' | 'text' | 'to';

const DAY = 86_400_000;
const FLAGS: Record<string, string> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
};

/** One key or more with blanks between; all must hold. */
export function readSearchKeys(reader: ArgumentReader): SearchKey {
  const count = { left: MAX_SEARCH_KEYS };
  const keys = keysUntilEnd(reader, count);
  return keys.length === 1 && keys[0] ? keys[0] : { key: 'and', keys };
}

type Count = { left: number };

function keysUntilEnd(reader: ArgumentReader, count: Count): SearchKey[] {
  const keys: SearchKey[] = [];
  do keys.push(readKey(reader, count));
  while (reader.more());
  return keys;
}

function readKey(reader: ArgumentReader, count: Count): SearchKey {
  count.left -= 1;
  if (count.left < 0) throw new BadCommand('Too many search keys');
  return reader.nested(() => {
    if (reader.skip('(')) {
      const keys = keysUntilEnd(reader, count);
      reader.expect(')');
      return { key: 'and', keys };
    }
    if (/[\d*$]/.test(reader.next)) return { key: 'numbers', set: readSequenceSet(reader) };
    return readNamed(reader, count);
  });
}

function readNamed(reader: ArgumentReader, count: Count): SearchKey {
  const name = reader.word();
  const simple = ofFlag(name) ?? SIMPLE[name];
  if (simple) return simple;
  const read = READERS[name];
  if (!read) throw new BadCommand('There is no such search key');
  reader.space();
  return read(reader, count);
}

/** `SEEN`, `UNSEEN` and their like. */
function ofFlag(name: string): SearchKey | undefined {
  const flag = FLAGS[name];
  if (flag !== undefined) return { key: 'flag', flag };
  const opposite = name.startsWith('UN') ? FLAGS[name.slice(2)] : undefined;
  return opposite === undefined ? undefined : { key: 'not', of: { key: 'flag', flag: opposite } };
}

const RECENT: SearchKey = { key: 'recent' };
const SIMPLE: Record<string, SearchKey> = {
  ALL: { key: 'all' },
  NEW: { key: 'and', keys: [RECENT, { key: 'not', of: { key: 'flag', flag: '\\Seen' } }] },
  OLD: { key: 'not', of: RECENT },
  RECENT,
  SAVEDATESUPPORTED: { key: 'save-date-known' },
};

type KeyReader = (reader: ArgumentReader, count: Count) => SearchKey;

const READERS: Record<string, KeyReader> = {
  ...Object.fromEntries(
    (['bcc', 'body', 'cc', 'from', 'subject', 'text', 'to'] as const).map((where): [string, KeyReader] => [
      where.toUpperCase(),
      (reader) => ({ key: 'text', where, octets: reader.astringOctets() }),
    ]),
  ),
  ...dates('', 'internal'),
  ...dates('SENT', 'sent'),
  ...dates('SAVED', 'saved'),
  EMAILID: (reader) => ({ key: 'id', of: 'email', id: reader.astring() }),
  HEADER: (reader) => {
    const field = reader.astring();
    reader.space();
    return { key: 'header', field, octets: reader.astringOctets() };
  },
  KEYWORD: (reader) => ({ key: 'flag', flag: reader.atom() }),
  LARGER: (reader) => ({ key: 'size', over: reader.number(Number.MAX_SAFE_INTEGER) }),
  MODSEQ: readModseq,
  NOT: (reader, count) => ({ key: 'not', of: readKey(reader, count) }),
  OR: (reader, count) => {
    const one = readKey(reader, count);
    reader.space();
    return { key: 'or', keys: [one, readKey(reader, count)] };
  },
  SMALLER: (reader) => ({ key: 'size', under: reader.number(Number.MAX_SAFE_INTEGER) }),
  THREADID: (reader) => ({ key: 'id', of: 'thread', id: reader.astring() }),
  UID: (reader) => ({ key: 'uids', set: readSequenceSet(reader) }),
  UNKEYWORD: (reader) => ({ key: 'not', of: { key: 'flag', flag: reader.atom() } }),
};

function dates(prefix: string, of: 'internal' | 'sent' | 'saved'): Record<string, KeyReader> {
  const day =
    (make: (midnight: number) => { from?: number; before?: number }): KeyReader =>
    (reader) => ({
      key: 'date',
      of,
      ...make(readDate(reader)),
    });
  return {
    [`${prefix}BEFORE`]: day((before) => ({ before })),
    [`${prefix}ON`]: day((from) => ({ from, before: from + DAY })),
    [`${prefix}SINCE`]: day((from) => ({ from })),
  };
}

/** `MODSEQ ["/flags/\\Seen" all] n` (RFC 7162 3.1.5): the name of a flag narrows it, which a server may leave aside. */
function readModseq(reader: ArgumentReader): SearchKey {
  if (reader.next === '"') {
    reader.string();
    reader.space();
    reader.atom();
    reader.space();
  }
  return { key: 'modseq', atLeast: reader.number(Number.MAX_SAFE_INTEGER) };
}
