/** One field of a header section: name in lower case, value unfolded and trimmed. */
export type HeaderField = { readonly name: string; readonly value: string };

/** A structured value such as that of Content-Type: token in lower case, parameter names in lower case. */
export type StructuredValue = { readonly value: string; readonly parameters: ReadonlyMap<string, string> };

const FIELD = /^([!-9;-~]+):[ \t]*([^]*)$/;

/**
 * The fields of a header section given as text with CR LF line ends, without the empty line (RFC 5322 2.2), or
 * undefined when a line is neither a field nor a continuation of one. No white space may stand before the colon: some
 * parsers would take such a line for the field and others would not.
 */
export function readHeaderFields(section: string): HeaderField[] | undefined {
  if (section === '') return [];
  const fields: HeaderField[] = [];
  for (const line of section.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const match = FIELD.exec(line);
    if (!match) return undefined;
    fields.push({ name: (match[1] ?? '').toLowerCase(), value: (match[2] ?? '').trim() });
  }
  return fields;
}

/**
 * A value with parameters (RFC 2045 5.1), or why it is not taken: a parameter that stands twice (also as `name*` or
 * `name*0`, RFC 2231) or a comment, both of which parsers read differently.
 */
export function readStructuredValue(text: string): StructuredValue | 'duplicate' | 'malformed' {
  const pieces = splitOutsideQuotes(text);
  if (!pieces) return 'malformed';
  const parameters = new Map<string, string>();
  const sections = new Set<string>();
  for (const piece of pieces.slice(1)) {
    if (piece.trim() === '') continue;
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (!/^[!#$%&'*+.0-9a-z^_`{|}~-]+$/.test(name)) return 'malformed';
    if (parameters.has(name) || isOtherSpelling(name, sections)) return 'duplicate';
    parameters.set(name, unquote(piece.slice(equals + 1).trim()));
    sections.add(baseName(name));
  }
  return { value: (pieces[0] ?? '').trim().toLowerCase(), parameters };
}

/** `name` beside `name*`, or `name*0` beside `name`: only sections that are numbered may repeat a base name. */
function isOtherSpelling(name: string, sections: ReadonlySet<string>): boolean {
  if (!sections.has(baseName(name))) return false;
  return !/\*[1-9]\d?\*?$/.test(name);
}

const baseName = (name: string): string => name.replace(/\*.*$/, '');

/** Splits at semicolons; undefined when a quote stays open or a comment stands outside of quotes. */
function splitOutsideQuotes(text: string): string[] | undefined {
  const pieces: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '(') return undefined;
    else if (!quoted && character === ';') {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return quoted ? undefined : pieces;
}

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}
