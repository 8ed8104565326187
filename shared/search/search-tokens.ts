import { connectiveOf, operatorOf } from './operator-names';
import type { OperatorName } from './operator-names';
import { MAX_SEARCH_CHARACTERS, MAX_SEARCH_TOKENS } from './search-limits';

/** A piece of what was typed, and how it stood there: whatever turns out to be no operator is a word. */
export type SearchToken = { readonly typed: string } & (
  | { readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'minus' | 'or' | 'and' | 'not' }
  /** `typed` with its colon. */
  | { readonly kind: 'operator'; readonly name: OperatorName }
);

const BLANK = /[\s\p{Cc}\p{Cs}]+/uy;
/** A closed one only: a mark without its fellow is a sign like others. */
const PHRASE = /["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]/uy;
const OPERATOR = /([\p{L}\p{M}][\p{L}\p{M}'_-]{0,30})[:：]/uy;
const MINUS = /[-−–](?=[^-−–\s\p{Cc}\p{Cs}])/uy;
const WORD = /[^\s\p{Cc}\p{Cs}]+/uy;

/** Cuts a search into tokens, from left to right; linear, and it never throws. */
export function searchTokens(text: string): SearchToken[] {
  const read = new TokenReader(text.slice(0, MAX_SEARCH_CHARACTERS));
  const tokens: SearchToken[] = [];
  for (let token = read.next(); token !== undefined && tokens.length < MAX_SEARCH_TOKENS; token = read.next())
    tokens.push(token);
  return tokens;
}

class TokenReader {
  #at = 0;
  /** Brackets that are open. */
  #depth = 0;

  constructor(private readonly text: string) {}

  next(): SearchToken | undefined {
    this.#take(BLANK);
    if (this.#at >= this.text.length) return undefined;
    return this.#bracket() ?? this.#phrase() ?? this.#operator() ?? this.#sign() ?? this.#word();
  }

  /** The match at this place, which is passed then. */
  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #bracket(): SearchToken | undefined {
    const typed = this.text[this.#at];
    if (typed !== '(' && !(typed === ')' && this.#depth > 0)) return undefined;
    this.#at += 1;
    this.#depth += typed === '(' ? 1 : -1;
    return { kind: typed === '(' ? 'open' : 'close', typed };
  }

  #phrase(): SearchToken | undefined {
    const found = this.#take(PHRASE);
    return found && { kind: 'phrase', typed: found[1] ?? '' };
  }

  #operator(): SearchToken | undefined {
    const begun = this.#at;
    const found = this.#take(OPERATOR);
    const name = found && operatorOf(found[1] ?? '');
    if (found && name !== undefined) return { kind: 'operator', typed: found[0], name };
    this.#at = begun;
    return undefined;
  }

  #sign(): SearchToken | undefined {
    const found = this.#take(MINUS);
    return found && { kind: 'minus', typed: found[0] };
  }

  /** What is neither; in brackets it ends at the bracket that it did not open. */
  #word(): SearchToken {
    const begun = this.#at;
    const all = this.#take(WORD)?.[0] ?? this.text.slice(begun);
    const typed = this.#depth > 0 ? beforeBracket(all) : all;
    this.#at = begun + typed.length;
    return { kind: connectiveOf(typed) ?? 'word', typed };
  }
}

function beforeBracket(word: string): string {
  let depth = 0;
  for (let at = 0; at < word.length; at += 1) {
    if (word[at] === '(') depth += 1;
    if (word[at] === ')') depth -= 1;
    if (depth < 0) return word.slice(0, at);
  }
  return word;
}
