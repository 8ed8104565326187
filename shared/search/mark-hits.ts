import { foldMap } from '../text/fold-map';
import type { FoldMap } from '../text/fold-map';
import { foldText } from '../text/text-folding';
import { NO_WORD, piecesOf } from '../text/search-words';
import type { SearchField, SearchQuery } from './search-query';

/** Where a hit stands in a text: UTF-16 units, from the first to before the last. */
export type HitRange = { readonly from: number; readonly to: number };

/** Which part of a message a text is. */
export type MarkedPart = 'people' | 'subject' | 'text' | 'filename';

type Words = Extract<SearchQuery, { kind: 'words' }>;

const PART_OF: Readonly<Record<SearchField, MarkedPart>> = {
  from: 'people',
  to: 'people',
  cc: 'people',
  subject: 'subject',
  filename: 'filename',
};

/** The words of a query that a part of a found message may have; what must not be in it is none. */
export function markedWords(query: SearchQuery | undefined, part: MarkedPart): readonly Words[] {
  if (query === undefined || query.kind === 'not') return [];
  if (query.kind === 'all' || query.kind === 'any') return query.parts.flatMap((one) => markedWords(one, part));
  if (query.kind !== 'words') return [];
  return query.field === undefined || PART_OF[query.field] === part ? [query] : [];
}

/**
 * Where the words that were looked for stand in a text as it is shown: folded as the index folds, and back to the
 * characters that are seen. In order, and none over another.
 */
export function hitRanges(text: string, words: readonly Words[]): HitRange[] {
  if (words.length === 0 || text === '') return [];
  const map = foldMap(text);
  const tokens = tokensOf(map.folded);
  const found = words.flatMap(({ typed, isExact }) => hitsOf(map.folded, tokens, { typed, isExact }));
  return joined(found.map((hit) => unfolded(map, hit)));
}

/** A word of a folded text; what is written without spaces is one that equals no other. */
type Token = HitRange & { readonly word: string };

function tokensOf(folded: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const { piece, kind } of piecesOf(folded)) {
    if (kind === 'spaced') tokens.push(...spacedTokens(piece, at));
    if (kind === 'unspaced') tokens.push({ word: '', from: at, to: at + piece.length });
    at += piece.length;
  }
  return tokens;
}

function spacedTokens(piece: string, begun: number): Token[] {
  const tokens: Token[] = [];
  let at = begun;
  for (const word of piece.split(NO_WORD)) {
    const from = begun + piece.indexOf(word, at - begun);
    if (word !== '') tokens.push({ word, from, to: from + word.length });
    at = from + word.length;
  }
  return tokens;
}

function hitsOf(folded: string, tokens: readonly Token[], sought: Pick<Words, 'typed' | 'isExact'>): HitRange[] {
  return piecesOf(foldText(sought.typed)).flatMap(({ piece, kind }) => {
    if (kind === 'unspaced') return partsOf(folded, piece);
    if (kind === 'sign') return [];
    const words = piece.split(NO_WORD).filter(Boolean);
    return words.length === 0 ? [] : phrasesIn(tokens, words, sought.isExact);
  });
}

/** Every place of a text without spaces; it may stand in the middle of another. */
function partsOf(folded: string, part: string): HitRange[] {
  const hits: HitRange[] = [];
  for (let at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + part.length))
    hits.push({ from: at, to: at + part.length });
  return hits;
}

function phrasesIn(tokens: readonly Token[], words: readonly string[], isExact: boolean): HitRange[] {
  const last = words.length - 1;
  const hits: HitRange[] = [];
  for (let begin = 0; begin + last < tokens.length; begin += 1) {
    const isHere = words.every((word, index) => {
      const token = tokens[begin + index]?.word ?? '';
      return index === last && !isExact ? token.startsWith(word) : token === word;
    });
    const [first, end] = [tokens[begin], tokens[begin + last]];
    if (isHere && first !== undefined && end !== undefined)
      hits.push({ from: first.from, to: end.from + (words[last]?.length ?? 0) });
  }
  return hits;
}

function unfolded({ from, to }: FoldMap, hit: HitRange): HitRange {
  return { from: from[hit.from] ?? 0, to: to[hit.to - 1] ?? 0 };
}

function joined(hits: readonly HitRange[]): HitRange[] {
  const ranges: HitRange[] = [];
  for (const hit of [...hits].sort((one, other) => one.from - other.from)) {
    const before = ranges.at(-1);
    if (before !== undefined && hit.from < before.to)
      ranges[ranges.length - 1] = { from: before.from, to: Math.max(before.to, hit.to) };
    else ranges.push(hit);
  }
  return ranges;
}
