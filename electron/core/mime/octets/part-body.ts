import { readQuotedPrintable } from '../text/quoted-printable';
import { fieldOf, type MimePart } from './structure-checks';
import { readTransferEncoding, type TransferEncoding } from './transfer-encoding';

/** How the body of a part is encoded (RFC 2045 6). */
export function encodingOf(part: MimePart): TransferEncoding {
  return readTransferEncoding(fieldOf(part, 'content-transfer-encoding'));
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
