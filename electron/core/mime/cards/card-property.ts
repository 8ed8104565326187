import ICAL from 'ical.js';
import { z } from 'zod';

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
  const property = parse(head + line.slice(colon), version);
  if (!property) return undefined;
  const [name, given, , ...values] = property;
  const parameters = new Map(
    Object.entries(given).map(([key, value]) => [key.toLowerCase(), String(value).toLowerCase()]),
  );
  const texts = values.flat(2).filter((value): value is string => typeof value === 'string');
  const isQuoted = parameters.get('encoding') === 'quoted-printable';
  return { name, parameters, values: isQuoted ? texts.map(fromQuotedPrintable) : texts };
}

function parse(line: string, version: string): z.infer<typeof Property> | undefined {
  try {
    const property: unknown = ICAL.parse.property(line, version === '4.0' ? ICAL.design.vcard : ICAL.design.vcard3);
    return Property.safeParse(property).data;
  } catch {
    return undefined;
  }
}

/** In vCard 2.1 a parameter may be a bare word, which the library refuses. */
function nameParameters(head: string): string {
  return head
    .replace(/;(quoted-printable|base64)(?=;|$)/gi, ';ENCODING=$1')
    .replace(/;([a-z0-9-]+)(?=;|$)/gi, ';TYPE=$1');
}

function fromQuotedPrintable(text: string): string {
  const octets = text.replace(
    /=([0-9a-f]{2})|([^=])|=/giu,
    (_match, hex: string | undefined, other: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      return other === undefined ? '=' : Buffer.from(other, 'utf8').toString('latin1');
    },
  );
  return Buffer.from(octets, 'latin1').toString('utf8');
}
