/**
 * Names of mailboxes on the wire: modified UTF-7 (RFC 3501 5.1.3), or UTF-8 once the client has enabled it (RFC 9051
 * 5.1, RFC 6855).
 */

const ENCODED = /&([A-Za-z0-9+,]*)-/g;
const LONE_SURROGATE = /\p{Surrogate}/u;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Undefined where a shift does not decode, or stands for what needs none: two names would be one. */
export function fromModifiedUtf7(text: string): string | undefined {
  if (!PRINTABLE.test(text)) return undefined;
  const decoded = text.replaceAll(ENCODED, (_, base64: string) => (base64 === '' ? '&' : fromShift(base64)));
  return toModifiedUtf7(decoded) === text && !LONE_SURROGATE.test(decoded) ? decoded : undefined;
}

/** What does not decode gives a text that is not written as it was. */
function fromShift(base64: string): string {
  const octets = Buffer.from(base64.replaceAll(',', '/'), 'base64');
  return octets.length % 2 > 0 ? '' : octets.swap16().toString('utf16le');
}

/** Takes any well-formed text. */
export function toModifiedUtf7(name: string): string {
  return name.replaceAll(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64');
    return `&${base64.replaceAll('/', ',').replaceAll('=', '')}-`;
  });
}
