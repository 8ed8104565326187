import { readQuotedPrintable } from '../text/quoted-printable';
import { withoutComments } from './comments';
import { fieldOf, type MimePart } from './structure-checks';

/** `unknown`: an encoding that nobody can undo here, so that the octets stay as they came. */
type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'unknown';

/** Also what programs write that take it for the place of the charset. */
const IDENTITY = /^(?:|[78](?:[ -]?bits?)?|binary|none|plain|unencoded|identity|utf-?8|us-ascii|iso-8859-\d{1,2})$/;
const BASE64 = /^base[-_ ]?64$/;
const QUOTED = /^quoted[-_/ ]?printable$/;

/** How the body of a part is encoded (RFC 2045 6). */
export function encodingOf(part: MimePart): TransferEncoding {
  const name = withoutComments(fieldOf(part, 'content-transfer-encoding') ?? '')
    .replace(/[";]/g, '')
    .trim()
    .toLowerCase();
  if (BASE64.test(name)) return 'base64';
  if (QUOTED.test(name)) return 'quoted-printable';
  return IDENTITY.test(name) ? 'identity' : 'unknown';
}

/** The body as it stands in `content`, a view of it. */
export function rawBodyOf(part: MimePart, content: Uint8Array): Uint8Array {
  return content.subarray(part.bodyStart, part.bodyEnd);
}

/** The body with its transfer encoding undone; without one it is a view of `content`. */
export function bodyOf(part: MimePart, content: Uint8Array): Uint8Array {
  const body = rawBodyOf(part, content);
  const encoding = encodingOf(part);
  if (encoding === 'quoted-printable') return readQuotedPrintable(body);
  return encoding === 'base64' ? decodeBase64(body) : body;
}

/** Natively, a hundred times faster than by hand. What is no letter of base64 is passed over, as RFC 2045 6.8 asks. */
function decodeBase64(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const decoded = Buffer.from(text, 'base64');
  return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
}
