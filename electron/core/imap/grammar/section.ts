import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';

/** Which octets of a message (RFC 9051 6.4.5.1). `part`: the numbers of a body part, none for the message itself. */
export type Section = {
  readonly part: readonly number[];
  readonly what?: 'HEADER' | 'TEXT' | 'MIME' | { readonly fields: readonly string[]; readonly isWithout: boolean };
};

/** Numbers of a part; deeper than any message that is read. */
const PART = /\d{1,10}(?:\.\d{1,10}){0,99}/y;

/** `[…]` behind BODY or BINARY. */
export function readSection(reader: ArgumentReader): Section {
  reader.expect('[');
  const numbers = reader.match(PART)?.[0];
  const part = numbers === undefined ? [] : numbers.split('.').map(Number);
  if (part.includes(0)) throw new BadCommand('Parts are counted from 1');
  const hasText = reader.next !== ']' && (part.length === 0 || reader.skip('.'));
  const what = hasText ? readText(reader, part) : undefined;
  reader.expect(']');
  return what === undefined ? { part } : { part, what };
}

function readText(reader: ArgumentReader, part: readonly number[]): NonNullable<Section['what']> {
  const isWithout = reader.skip('HEADER.FIELDS.NOT');
  if (isWithout || reader.skip('HEADER.FIELDS')) {
    reader.space();
    const fields = reader.list(() => reader.astring());
    if (fields.length === 0) throw new BadCommand('Names of header fields are missing');
    return { fields, isWithout };
  }
  const name = reader.word();
  if (name === 'HEADER' || name === 'TEXT' || (name === 'MIME' && part.length > 0)) return name;
  throw new BadCommand('There is no such section');
}

/** As the answer repeats it (RFC 9051 7.5.2). */
export function sectionText({ part, what }: Section, quote: (text: string) => string): string {
  const numbers = part.join('.');
  if (what === undefined) return numbers;
  const name =
    typeof what === 'string'
      ? what
      : `HEADER.FIELDS${what.isWithout ? '.NOT' : ''} (${what.fields.map(quote).join(' ')})`;
  return numbers === '' ? name : `${numbers}.${name}`;
}
