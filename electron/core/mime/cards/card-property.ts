import ICAL from 'ical.js';
import { z } from 'zod';
import { decodeText } from '../text/charset';
import { readQuotedPrintable } from '../text/quoted-printable';

/**
 * One property of a vCard: its name in lower case, its parameters, and its text values with nothing escaped any more.
 */
export type CardProperty = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly values: readonly string[];
};

/** jCard (RFC 7095 3.3): name, parameters, type, values; a structured value is an array. */
const Property = z.tuple([z.string(), z.record(z.string(), z.unknown()), z.string()]).rest(z.unknown());
/** Characters of name and parameters. Honest ones are shorter, and the library reads them again for each parameter. */
const MAX_HEAD = 1_000;

/** Reads one unfolded line of a vCard of that version, or undefined when it is none. Never throws. */
export function readCardProperty(line: string, version: string): CardProperty | undefined {
  const colon = line.indexOf(':');
  if (colon < 0 || colon > MAX_HEAD) return undefined;
  const head = version === '4.0' ? line.slice(0, colon) : nameParameters(line.slice(0, colon));
  const property = parse(head + unescapeText(head, line.slice(colon)), version);
  if (!property) return undefined;
  const [name, given, , ...values] = property;
  const parameters = new Map(
    Object.entries(given).map(([key, value]) => [key.toLowerCase(), String(value).toLowerCase()]),
  );
  const texts = values.flat(2).filter((value): value is string => typeof value === 'string');
  return { name, parameters, values: texts.map((text) => decoded(name, { text, parameters })) };
}

function parse(line: string, version: string): z.infer<typeof Property> | undefined {
  try {
    const property: unknown = ICAL.parse.property(line, version === '4.0' ? ICAL.design.vcard : ICAL.design.vcard3);
    return Property.safeParse(property).data;
  } catch {
    return undefined;
  }
}

/**
 * Writers escape a semicolon and a colon of a text, too (RFC 6350 3.4), which the library leaves as it is where they
 * part nothing.
 */
function unescapeText(head: string, value: string): string {
  return /^(?:[^.;]*\.)?(?:fn|email)(?:;|$)/i.test(head)
    ? value.replace(/\\([^])/g, (escape, character: string) => (/[;:]/.test(character) ? character : escape))
    : value;
}

/** In vCard 2.1 a parameter may be a bare word, which the library refuses. */
function nameParameters(head: string): string {
  return head
    .replace(/;(quoted-printable|base64)(?=;|$)/gi, ';ENCODING=$1')
    .replace(/;([a-z0-9-]+)(?=;|$)/gi, ';TYPE=$1');
}

/** What vCard 2.1 encodes, in the charset that it names; without one as `decodeText` guesses. A key stays as it is. */
function decoded(name: string, o: { text: string; parameters: ReadonlyMap<string, string> }): string {
  const encoding = o.parameters.get('encoding') ?? '';
  const charset = o.parameters.get('charset');
  if (encoding === 'quoted-printable') return decodeText(readQuotedPrintable(Buffer.from(o.text, 'utf8')), charset);
  const isEncoded = name !== 'key' && /^(?:b|base64)$/.test(encoding);
  return isEncoded ? decodeText(Buffer.from(o.text, 'base64'), charset) : o.text;
}
