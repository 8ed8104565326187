import { withoutComments } from './comments';

/** `unknown`: an encoding that nobody can undo here, so that the octets stay as they came. */
export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'unknown';

const IDENTITY = /^(?:|[78][ -]?bits?|binary|none)$/;

/** What a Content-Transfer-Encoding field says (RFC 2045 6); undefined: there is no such field. */
export function readTransferEncoding(field: string | undefined): TransferEncoding {
  const name = withoutComments(field ?? '')
    .replace(/[";]/g, '')
    .trim()
    .toLowerCase();
  if (name === 'base64' || name === 'quoted-printable') return name;
  return IDENTITY.test(name) ? 'identity' : 'unknown';
}
