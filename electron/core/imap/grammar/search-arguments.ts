import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readSearchKeys, type SearchKey } from './search-keys';

const RETURNS = ['ALL', 'COUNT', 'MAX', 'MIN', 'SAVE'] as const;
export type SearchReturn = (typeof RETURNS)[number];
const CHARSETS = ['US-ASCII', 'UTF-8'] as const;

export type SearchArguments = {
  /** Undefined without RETURN; then the answer has the form of RFC 3501. */
  readonly returns?: ReadonlySet<SearchReturn>;
  readonly charset: Charset;
  readonly key: SearchKey;
};
export type Charset = (typeof CHARSETS)[number] | 'unknown';

/** `[RETURN (…)] [CHARSET name] keys` (RFC 9051 6.4.4). */
export function readSearch(reader: ArgumentReader): SearchArguments {
  const returns = reader.skip(' RETURN ') ? readReturns(reader) : undefined;
  reader.space();
  const charset = reader.skip('CHARSET ') ? readCharset(reader) : undefined;
  if (charset !== undefined) reader.space();
  return { ...(returns ? { returns } : {}), charset: charset ?? 'UTF-8', key: readSearchKeys(reader) };
}

/** Nothing between the brackets is ALL. */
export function readReturns(reader: ArgumentReader): ReadonlySet<SearchReturn> {
  const names = reader.list(() => {
    const word = reader.word();
    const found = RETURNS.find((name) => name === word);
    if (!found) throw new BadCommand('There is no such option of RETURN');
    return found;
  });
  return new Set(names.length > 0 ? names : ['ALL']);
}

export function readCharset(reader: ArgumentReader): Charset {
  const name = reader.astring().toUpperCase();
  return CHARSETS.find((known) => known === name) ?? 'unknown';
}
