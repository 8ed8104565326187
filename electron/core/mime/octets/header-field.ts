import { trimBlanks } from '../../domain/served/blanks';
import { decodeText } from '../text/charset';

/** One field of a header section: name in lower case, value unfolded and trimmed. */
export type HeaderField = { readonly name: string; readonly value: string };

const FIELD = /^([!-9;-~]+):[ \t]*([^]*)$/;
/** Octets above 127, or a shift to Japanese. */
const BEYOND_ASCII = /[\u0080-\u00ff]|\u001b\$/;

/**
 * The fields of a header section given as its octets (latin1) with CR LF line ends, without the empty line (RFC 5322
 * 2.2), or undefined when a line is neither a field nor a continuation of one. No white space may stand before the
 * colon: some parsers would take such a line for the field and others would not. A value in 8 bits is UTF-8 when it can
 * be, else Windows-1252.
 */
export function readHeaderFields(section: string): HeaderField[] | undefined {
  if (section === '') return [];
  const fields: HeaderField[] = [];
  for (const line of section.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const match = FIELD.exec(line);
    if (!match) return undefined;
    fields.push({ name: (match[1] ?? '').toLowerCase(), value: textOf(trimBlanks(match[2] ?? '')) });
  }
  return fields;
}

const textOf = (value: string): string =>
  BEYOND_ASCII.test(value) ? decodeText(Buffer.from(value, 'latin1'), undefined) : value;
