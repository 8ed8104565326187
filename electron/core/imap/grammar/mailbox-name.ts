/**
 * Names of mailboxes on the wire: modified UTF-7 (RFC 3501 5.1.3), or UTF-8 once the client has enabled it (RFC 9051
 * 5.1, RFC 6855).
 */

const ENCODED = /&([A-Za-z0-9+,]*)-/g;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Undefined where a shift does not decode, or stands for what needs none: two names would be one. */
export function fromModifiedUtf7(text: string): string | undefined {
  if (!PRINTABLE.test(text)) return undefined;
  let isGood = true;
  const decoded = text.replaceAll(ENCODED, (_, base64: string) => {
    if (base64 === '') return '&';
    const octets = Buffer.from(base64.replaceAll(',', '/'), 'base64');
    if (octets.length % 2 > 0) isGood = false;
    return isGood ? octets.swap16().toString('utf16le') : '';
  });
  return isGood && decoded.isWellFormed() && toModifiedUtf7(decoded) === text ? decoded : undefined;
}

/** Takes any well-formed text. */
export function toModifiedUtf7(name: string): string {
  return name.replaceAll(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64');
    return `&${base64.replaceAll('/', ',').replaceAll('=', '')}-`;
  });
}
