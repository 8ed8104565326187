import { MAX_HEADER_BYTES } from '../limits';
import { trimBlanks } from './blanks';

/** A field as it was written, an octet a character: unfolded, without white space around it. */
export type WrittenField = { readonly name: string; readonly value: string };

/** What would end a line or a string in a response, or may stand in neither. */
const UNSAYABLE = /[\0\r\n]+/g;

/**
 * The fields of a header (RFC 5322 2.2), as far as it is no longer than a header may be. Whatever stands there gives
 * fields: a line that is none is passed over. Names are in small letters.
 */
export function writtenFields(header: string): WrittenField[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of header.slice(0, MAX_HEADER_BYTES).split('\n')) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last.value += line.replace(/\r$/, '');
      continue;
    }
    const [, name, value] = /^([!-9;-~]+)[ \t]*:([^]*)$/.exec(line.replace(/\r$/, '')) ?? [];
    // An empty name keeps the lines that belong to what is no field.
    fields.push({ name: (name ?? '').toLowerCase(), value: value ?? '' });
  }
  return fields
    .filter(({ name }) => name !== '')
    .map(({ name, value }) => ({ name, value: trimBlanks(value.replace(UNSAYABLE, ' ')) }));
}

/** The first of several: that is the one most programs show. */
export function writtenValue(fields: readonly WrittenField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}
