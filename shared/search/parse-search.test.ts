import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexWords } from '../text/search-words';
import { operatorNames, operatorOf } from './operator-names';
import { parseSearch } from './parse-search';
import { MAX_SEARCH_CHARACTERS, MAX_SEARCH_DEPTH, MAX_SEARCH_TERMS } from './search-limits';
import type { SearchQuery } from './search-query';

/** Noon of a Monday. */
const now = new Date(2026, 10, 30, 12).getTime();
const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime();
const parse = (text: string): SearchQuery | undefined => parseSearch(text, { now });
const END = Number.MAX_SAFE_INTEGER;

/** In a form that reads like what was typed. */
function shown(query: SearchQuery | undefined): string {
  if (query === undefined) return '';
  if (query.kind === 'all' || query.kind === 'any')
    return `(${query.parts.map(shown).join(query.kind === 'all' ? ' & ' : ' | ')})`;
  if (query.kind === 'not') return `!${shown(query.part)}`;
  if (query.kind === 'words') return shownWords(query);
  if (query.kind === 'is') return `#${query.state}`;
  return 'name' in query ? `${query.kind}/${query.name}` : query.kind;
}

function shownWords({ typed, field, isExact }: Extract<SearchQuery, { kind: 'words' }>): string {
  return `${field === undefined ? '' : `${field}=`}${isExact ? `«${typed}»` : typed}`;
}

describe('a search', () => {
  it.each([
    ['apples', 'apples'],
    ['  apples\tpears\n', '(apples & pears)'],
    ['"two words" more', '(«two words» & more)'],
    ['„zwei Wörter“', '«zwei Wörter»'],
    ['from:anna', 'from=anna'],
    ['FROM:Anna', 'from=Anna'],
    ['from: anna', 'from=anna'],
    ['from:"Anna Berg"', 'from=«Anna Berg»'],
    ['von:anna an:ben betreff:bahn', '(from=anna & to=ben & subject=bahn)'],
    ['de:anna objet:train', '(from=anna & subject=train)'],
    ['发件人：王 主题：票', '(from=王 & subject=票)'],
    ['is:unread is:flagged is:verified is:answered', '(#unread & #flagged & #verified & #answered)'],
    ['ist:ungelesen est:nonlu es:no-leído', '(#unread & #unread & #unread)'],
    ['is:read -is:flagged is:unverified', '(!#unread & !#flagged & !#verified)'],
    ['has:attachment hat:anhang', '(attachment & attachment)'],
    ['in:archive tag:"to do"', '(in/archive & tag/to do)'],
    ['filename:plan.pdf', 'filename=plan.pdf'],
    ['from:me to:me', '(#own & !#own)'],
    ['a OR b', '(a | b)'],
    ['a OR b c', '((a | b) & c)'],
    ['a AND b', '(a & b)'],
    ['a ODER b OU c', '(a | b | c)'],
    ['(a b) OR c', '((a & b) | c)'],
    ['-a', '!a'],
    ['a -(b OR c)', '(a & !(b | c))'],
    ['NOT a', '!a'],
    ['-from:anna -"two words"', '(!from=anna & !«two words»)'],
    ['from:(anna OR ben) x', '((from=anna | from=ben) & x)'],
    ['larger:5MB smaller:1', '(size & size)'],
    ['larger:5 MB x', '(size & x)'],
    ['before:last week x', '(written & x)'],
  ])('%s means %s', (text, meaning) => expect(shown(parse(text))).toBe(meaning));

  it.each([
    ['', ''],
    ['  ', ''],
    ['!!! … ---', ''],
    ['OR', 'OR'],
    ['OR a', '(OR & a)'],
    ['a OR', '(a & OR)'],
    ['AND OR NOT', '(AND | NOT)'],
    ['from:', 'from:'],
    ['from: to: subject:', '(from: & to: & subject:)'],
    ['is:purple', 'is:purple'],
    ['has:wings', 'has:wings'],
    ['before:soon', 'before:soon'],
    ['larger:elephants', 'larger:elephants'],
    ['http://example.org', 'http://example.org'],
    ['re: aw: c:', '(re: & aw: & c:)'],
    ['12:30', '12:30'],
    ['"a b', '("a & b)'],
    ['a" b', '(a" & b)'],
    ['(a b', '(a & b)'],
    ['a) b', '(a) & b)'],
    [')(', ''],
    ['f(x) :)', 'f(x)'],
    ['a--b well-known', '(a--b & well-known)'],
    ['- a', 'a'],
    ['--verbose', '--verbose'],
    ['a* NEAR(b c)', '(a* & NEAR(b & c))'],
    ['^subject {body}: x', '(^subject & {body}: & x)'],
  ])('without operators, %s is the words %s', (text, meaning) => expect(shown(parse(text))).toBe(meaning));

  it.each<[string, number, number]>([
    ['on:2026-11-30', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:30.11.2026', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:30/11/26', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:2026年11月30日', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:٣٠.١١.٢٠٢٦', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:20261130', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:11/30/2026', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:2026-02', day(2026, 2, 1), day(2026, 3, 1)],
    ['on:2026', day(2026, 1, 1), day(2027, 1, 1)],
    ['before:2026-11-30', 0, day(2026, 11, 30)],
    ['after:2026-11-30', day(2026, 11, 30), END],
    ['on:today', day(2026, 11, 30), day(2026, 12, 1)],
    ['am:heute', day(2026, 11, 30), day(2026, 12, 1)],
    ['on:yesterday', day(2026, 11, 29), day(2026, 11, 30)],
    ['on:last week', day(2026, 11, 23), day(2026, 11, 30)],
    ['on:"last week"', day(2026, 11, 23), day(2026, 11, 30)],
    ['on:last-month', day(2026, 10, 1), day(2026, 11, 1)],
    ['on:last year', day(2025, 1, 1), day(2026, 1, 1)],
    ['after:7d', day(2026, 11, 23), END],
    ['nach:2 Wochen', day(2026, 11, 16), END],
    ['before:1y', 0, day(2025, 11, 30)],
  ])('%s is a time', (text, from, until) => expect(parse(text)).toEqual({ kind: 'written', from, until }));

  it('reads dates with strokes as where the person lives', () => {
    const on = (text: string, isMonthFirst: boolean) => parseSearch(text, { now, isMonthFirst });
    expect(on('on:03/04/2026', true)).toMatchObject({ from: day(2026, 3, 4) });
    expect(on('on:03/04/2026', false)).toMatchObject({ from: day(2026, 4, 3) });
    expect(on('on:30/11/2026', true)).toMatchObject({ from: day(2026, 11, 30) });
  });

  it.each(['on:2026-11-31', 'on:2026-13', 'on:0.1.2026', 'on:1234567', 'on:9999999999d', 'before:0', 'on:1900'])(
    'takes %s for words: there is no such time',
    (text) => expect(parse(text)).toMatchObject({ kind: 'words' }),
  );

  it.each<[string, number]>([
    ['5MB', 5 * 1024 ** 2],
    ['5mb', 5 * 1024 ** 2],
    ['5 MiB', 5 * 1024 ** 2],
    ['1.5M', 1.5 * 1024 ** 2],
    ['1,5 Mo', 1.5 * 1024 ** 2],
    ['700k', 700 * 1024],
    ['300', 300],
    ['999999999999T', Number.MAX_SAFE_INTEGER],
  ])('larger:%s is a size', (size, octets) => expect(parse(`larger:${size}`)).toMatchObject({ over: octets }));

  it('has one operator for each name in each language', () => {
    for (const name of operatorNames) expect(operatorOf(name)).toBe(name);
  });

  it('bounds words, depth and length', () => {
    const terms = (query: SearchQuery | undefined): number =>
      query === undefined ? 0 : 'parts' in query ? query.parts.reduce((sum, part) => sum + terms(part), 0) : 1;
    expect(terms(parse('a '.repeat(10_000)))).toBe(MAX_SEARCH_TERMS);
    const deep = (query: SearchQuery | undefined): number =>
      query === undefined || !('parts' in query) ? 0 : 1 + Math.max(...query.parts.map(deep));
    const nested = `${'(a '.repeat(10_000)}${') b'.repeat(10_000)}`;
    expect(deep(parse(nested))).toBeLessThanOrEqual(MAX_SEARCH_DEPTH + 1);
    expect(shown(parse(`${'x'.repeat(MAX_SEARCH_CHARACTERS)} y`))).not.toContain('y');
    expect(shown(parse('*'.repeat(200)))).toBe('');
    expect(shown(parse('* '.repeat(200)))).toBe('');
  });

  it('never throws, and never means other words than were typed', () => {
    const piece = fc.constantFrom(
      ...[
        '"',
        '“',
        '(',
        ')',
        '-',
        ' ',
        ' OR ',
        ' AND ',
        ' NOT ',
        ':',
        'from:',
        'is:',
        'is:unread',
        'on:',
        'larger:',
        'today',
      ],
      ...[
        'a',
        'words',
        '\u0000',
        '\ud800',
        '\udc00',
        '​',
        '*',
        '^',
        '{',
        '}',
        'NEAR(',
        '5 MB',
        'last week',
        '7d',
        '台北',
      ],
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    );
    const wordsOf = (query: SearchQuery): string[] => {
      if (query.kind === 'words') return [query.typed];
      if (query.kind === 'not') return wordsOf(query.part);
      return 'parts' in query ? query.parts.flatMap(wordsOf) : [];
    };
    fc.assert(
      fc.property(typed, (text) => {
        const query = parse(text);
        const there = new Set(indexWords(text));
        for (const word of query === undefined ? [] : wordsOf(query))
          expect(indexWords(word).filter((one) => !there.has(one))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
