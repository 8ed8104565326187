import { COMMON, RARE } from './mailbox-mail';

/** One kind of search, as Posthorn is asked and as others are; absent where another cannot be asked this. */
export type BenchQuery = {
  readonly kind: string;
  readonly text: string;
  /** An expression of SQLite's FTS5, with conditions that plain SQL adds. */
  readonly plain?: { readonly match: string; readonly where?: string };
  readonly notmuch?: string;
};

/** Twelve kinds of search. */
export const benchQueries: readonly BenchQuery[] = [
  { kind: 'a word in every second message', text: COMMON, plain: { match: `"${COMMON}"` }, notmuch: COMMON },
  { kind: 'a word in one of a thousand', text: RARE, plain: { match: `"${RARE}"` }, notmuch: RARE },
  { kind: 'two words', text: `${COMMON} roof`, plain: { match: `"${COMMON}" "roof"` }, notmuch: `${COMMON} and roof` },
  { kind: 'a phrase', text: '"half past seven"', plain: { match: '"half past seven"' }, notmuch: '"half past seven"' },
  { kind: 'the first letter of a word', text: 'r', plain: { match: '"r"*' }, notmuch: 'r*' },
  { kind: 'the beginning of a word', text: 'rehe', plain: { match: '"rehe"*' }, notmuch: 'rehe*' },
  { kind: 'part of a text without spaces', text: '车站' },
  { kind: 'a person by name', text: 'from:"Lena Vogel"', plain: { match: 'sender : "lena"' }, notmuch: 'from:lena' },
  {
    kind: 'a word in a month',
    text: `after:60d before:30d ${COMMON}`,
    plain: { match: `"${COMMON}"`, where: 'm.date BETWEEN $from AND $until' },
    notmuch: `date:60d..30d and ${COMMON}`,
  },
  {
    kind: 'a word in unread mail',
    text: `is:unread ${COMMON}`,
    plain: { match: `"${COMMON}"`, where: 'm.seen = 0' },
    notmuch: `tag:unread and ${COMMON}`,
  },
  {
    kind: 'one word without another',
    text: `${COMMON} -roof`,
    plain: { match: `"${COMMON}" NOT "roof"` },
    notmuch: `${COMMON} and not roof`,
  },
  {
    kind: 'one word or another',
    text: `roof OR ${RARE}`,
    plain: { match: `"roof" OR "${RARE}"` },
    notmuch: `roof or ${RARE}`,
  },
];
