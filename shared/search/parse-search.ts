import { phrasesOf } from '../text/search-words';
import { isAttachmentWord, stateOf } from './operator-names';
import type { OperatorName, StateWord } from './operator-names';
import { dateRange } from './search-dates';
import type { DateReading } from './search-dates';
import { MAX_SEARCH_DEPTH, MAX_SEARCH_TERMS } from './search-limits';
import type { SearchField, SearchQuery, SearchState } from './search-query';
import { sizeOf } from './search-sizes';
import { searchTokens } from './search-tokens';
import type { SearchToken } from './search-tokens';

/**
 * What a person who typed this looks for. `from:anna OR from:ben invoice` is an invoice of either: OR joins its
 * neighbours, everything else must be there together. Pure, linear and for any text: whatever is no operator is a word.
 * Undefined when there is nothing to look for.
 */
export function parseSearch(text: string, reading: DateReading = {}): SearchQuery | undefined {
  return new SearchParser(searchTokens(text), reading).parse();
}

type Parsed = SearchQuery | undefined;

class SearchParser {
  #at = 0;
  #terms = 0;
  #depth = 0;
  /** Where the words of a bracket after an operator are looked for: `from:(anna OR ben)`. */
  #field: SearchField | undefined;

  constructor(
    private readonly tokens: readonly SearchToken[],
    private readonly reading: DateReading,
  ) {}

  parse(): Parsed {
    const parts: SearchQuery[] = [];
    while (this.#peek() !== undefined) {
      const part = this.#all();
      if (part !== undefined) parts.push(part);
      // A bracket too many.
      this.#at += 1;
    }
    return joined('all', parts);
  }

  /** Up to the bracket that closes, or the end. */
  #all(): Parsed {
    const parts: SearchQuery[] = [];
    for (let token = this.#peek(); token !== undefined && token.kind !== 'close'; token = this.#peek()) {
      const part = this.#alternatives(parts.length > 0);
      if (part !== undefined) parts.push(part);
    }
    return joined('all', parts);
  }

  #alternatives(hasLeft: boolean): Parsed {
    if (hasLeft && this.#peek()?.kind === 'and' && this.#canBegin(1)) this.#at += 1;
    const parts: SearchQuery[] = [];
    for (;;) {
      const part = this.#term();
      if (part !== undefined) parts.push(part);
      if (this.#peek()?.kind !== 'or' || !this.#canBegin(1)) return joined('any', parts);
      this.#at += 1;
    }
  }

  #term(): Parsed {
    const token = this.#next();
    if (token === undefined) return undefined;
    if ((token.kind === 'minus' || token.kind === 'not') && this.#canBegin(0)) {
      const part = this.#term();
      return part && { kind: 'not', part };
    }
    if (token.kind === 'open') return this.#bracket();
    if (token.kind === 'operator') return this.#operator(token.name, token.typed);
    return this.#words(token.typed, { isExact: token.kind === 'phrase' });
  }

  /** Deeper ones say nothing: what is in them belongs to the bracket around. */
  #bracket(): Parsed {
    if (this.#depth >= MAX_SEARCH_DEPTH) return undefined;
    this.#depth += 1;
    const inside = this.#all();
    if (this.#peek()?.kind === 'close') this.#at += 1;
    this.#depth -= 1;
    return inside;
  }

  #operator(name: OperatorName, typed: string): Parsed {
    const field = FIELDS[name];
    const next = this.#peek();
    if (field !== undefined && next?.kind === 'open') {
      this.#at += 1;
      return this.#within(field, () => this.#bracket());
    }
    if (next === undefined || (next.kind !== 'word' && next.kind !== 'phrase'))
      return this.#words(typed, { isExact: false });
    this.#at += 1;
    if (field !== undefined)
      return this.#within(field, () => this.#words(next.typed, { isExact: next.kind === 'phrase' }));
    return this.#condition(name, next.typed) ?? this.#words(`${typed}${next.typed}`, { isExact: false });
  }

  #within(field: SearchField, parse: () => Parsed): Parsed {
    const outer = this.#field;
    this.#field = field;
    const parsed = parse();
    this.#field = outer;
    return parsed;
  }

  #condition(name: OperatorName, value: string): Parsed {
    const condition = this.#ofTwo(name, value) ?? conditionOf(name, value, this.reading);
    return condition && this.#counted(condition);
  }

  /** `last week` and `5 MB` are two words that belong together. */
  #ofTwo(name: OperatorName, value: string): Parsed {
    const next = this.#peek();
    if (next?.kind !== 'word' || !OF_TWO_WORDS.has(name)) return undefined;
    const condition = conditionOf(name, `${value} ${next.typed}`, this.reading);
    if (condition !== undefined) this.#at += 1;
    return condition;
  }

  #words(typed: string, { isExact }: { readonly isExact: boolean }): Parsed {
    if (phrasesOf(typed).length === 0) return undefined;
    const field = this.#field;
    // As the window calls the one whose mail it is.
    if ((field === 'from' || field === 'to') && typed.toLowerCase() === 'me') return this.#counted(ownMail(field));
    return this.#counted({ kind: 'words', typed, isExact, ...(field === undefined ? {} : { field }) });
  }

  /** More terms than anybody types say nothing. */
  #counted(term: SearchQuery): Parsed {
    this.#terms += 1;
    return this.#terms > MAX_SEARCH_TERMS ? undefined : term;
  }

  #peek(): SearchToken | undefined {
    return this.tokens[this.#at];
  }

  #next(): SearchToken | undefined {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  /** Whether something that can be looked for stands that many tokens ahead. */
  #canBegin(ahead: number): boolean {
    const token = this.tokens[this.#at + ahead];
    return token !== undefined && !['close', 'or', 'and'].includes(token.kind);
  }
}

const FIELDS: Readonly<Partial<Record<OperatorName, SearchField>>> = {
  from: 'from',
  to: 'to',
  cc: 'cc',
  subject: 'subject',
  filename: 'filename',
};

const OF_TWO_WORDS: ReadonlySet<OperatorName> = new Set(['before', 'after', 'on', 'larger', 'smaller'] as const);

function joined(kind: 'all' | 'any', parts: readonly SearchQuery[]): Parsed {
  return parts.length > 1 ? { kind, parts } : parts[0];
}

/** What an operator other than of words says; undefined when its value means nothing to it. */
function conditionOf(name: OperatorName, value: string, reading: DateReading): Parsed {
  switch (name) {
    case 'in':
    case 'tag':
      return { kind: name, name: value };
    case 'has':
      return isAttachmentWord(value) ? { kind: 'attachment' } : undefined;
    case 'is':
      return stateQuery(stateOf(value));
    case 'larger':
    case 'smaller':
      return sizeQuery(name, sizeOf(value));
    default:
      return dateQuery(name, value, reading);
  }
}

function ownMail(field: 'from' | 'to'): SearchQuery {
  const own: SearchQuery = { kind: 'is', state: 'own' };
  return field === 'from' ? own : { kind: 'not', part: own };
}

const CONTRARY: Readonly<Partial<Record<StateWord, SearchState>>> = {
  read: 'unread',
  unflagged: 'flagged',
  unanswered: 'answered',
  unverified: 'verified',
};

function stateQuery(word: StateWord | undefined): Parsed {
  if (word === undefined) return undefined;
  const contrary = CONTRARY[word];
  return contrary === undefined
    ? { kind: 'is', state: word as SearchState }
    : { kind: 'not', part: { kind: 'is', state: contrary } };
}

function sizeQuery(name: 'larger' | 'smaller', octets: number | undefined): Parsed {
  if (octets === undefined) return undefined;
  return name === 'larger'
    ? { kind: 'size', over: octets, under: Number.MAX_SAFE_INTEGER }
    : { kind: 'size', over: -1, under: octets };
}

/** `before` ends where its date begins; `after` begins with its date, so that the two leave nothing out. */
function dateQuery(name: OperatorName, value: string, reading: DateReading): Parsed {
  const range = dateRange(value, reading);
  if (range === undefined) return undefined;
  if (name === 'before') return { kind: 'written', from: 0, until: range.from };
  if (name === 'after') return { kind: 'written', from: range.from, until: Number.MAX_SAFE_INTEGER };
  return name === 'on' ? { kind: 'written', ...range } : undefined;
}
