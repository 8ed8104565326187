import { decodeText } from '../text/charset';
import { withoutComments } from './comments';

/** A structured value such as that of Content-Type: token in lower case, parameter names in lower case. */
export type StructuredValue = { readonly value: string; readonly parameters: ReadonlyMap<string, string> };

/** One spelling of a parameter: `name`, `name*`, or a section of it, `name*0` or `name*0*` (RFC 2231 3 and 4). */
type Spelling = { readonly section: number | undefined; readonly isExtended: boolean; readonly text: string };

const NAME = /^([!#$%&'+.0-9a-z^_`{|}~-]+)(?:\*(\d{1,3}))?(\*)?$/;

/**
 * A value with parameters (RFC 2045 5.1, RFC 2231). Comments do not count, sections may come in any order, `name*` goes
 * before `name`, a quote that stays open ends with the value, and what is no parameter is left out. A parameter that
 * stands twice in one spelling makes it `duplicate`, and so does a boundary in two.
 */
export function readStructuredValue(text: string): StructuredValue | 'duplicate' {
  const [value = '', ...pieces] = splitOutsideQuotes(withoutComments(text));
  const spellings = new Map<string, Spelling[]>();
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const [, name, section, star] = NAME.exec(piece.slice(0, Math.max(equals, 0)).trim().toLowerCase()) ?? [];
    if (name === undefined) continue;
    const known = spellings.get(name) ?? [];
    const spelling = {
      section: section === undefined ? undefined : Number(section),
      isExtended: star !== undefined,
      text: unquote(name, piece.slice(equals + 1).trim()),
    };
    if (known.some((other) => isAmbiguous(name, spelling, other))) return 'duplicate';
    spellings.set(name, [...known, spelling]);
  }
  const parameters = new Map([...spellings].map(([name, all]) => [name, parameterOf(all)]));
  return { value: value.trim().toLowerCase(), parameters };
}

/** `name*0` and `name*0*` are one section; a boundary in two spellings would divide the message in two ways. */
function isAmbiguous(name: string, one: Spelling, other: Spelling): boolean {
  const areSections = one.section !== undefined && other.section !== undefined;
  if (name === 'boundary' && !areSections) return true;
  return one.section === other.section && (areSections || one.isExtended === other.isExtended);
}

function parameterOf(spellings: readonly Spelling[]): string {
  const whole = spellings.find(({ section, isExtended, text }) => section === undefined && isExtended && text !== '');
  const sections = spellings.filter(({ section }) => section !== undefined);
  if (whole) return joined([whole]);
  if (sections.length === 0) return spellings[0]?.text ?? '';
  return joined(sections.sort((one, other) => (one.section ?? 0) - (other.section ?? 0)));
}

/** The first section names the charset of all. Octets of neighbours are decoded together: one character may be cut. */
function joined(sections: readonly Spelling[]): string {
  const [, charset, start] = /^([^']*)'[^']*'([^]*)$/.exec(sections[0]?.isExtended ? sections[0].text : '') ?? [];
  const texts: string[] = [];
  let encoded = '';
  for (const [index, { isExtended, text }] of sections.entries()) {
    if (isExtended) encoded += index === 0 && start !== undefined ? start : text;
    else {
      texts.push(fromPercent(encoded, charset), text);
      encoded = '';
    }
  }
  return [...texts, fromPercent(encoded, charset)].join('');
}

function fromPercent(text: string, charset: string | undefined): string {
  if (text === '') return '';
  const octets = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return decodeText(Buffer.from(octets, 'latin1'), charset);
}

/** Splits at semicolons; a quote that stays open holds the rest. */
function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ';') {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

/**
 * What a quoted string says; what stands behind it counts for nothing. In names of files a backslash before a letter is
 * no quotation: programs of Windows write paths without one.
 */
function unquote(name: string, text: string): string {
  const [, quoted] = /^"((?:[^"\\]|\\[^])*)/.exec(text) ?? [];
  return quoted === undefined ? text : quoted.replace(name.endsWith('name') ? /\\(["\\])/g : /\\([^])/g, '$1');
}
