import { withoutComments } from './comments';

/** `unknown`: an encoding that nobody can undo here, so that the octets stay as they came. */
export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'unknown';

/** Also what programs write that take it for the place of the charset. */
const IDENTITY = /^(?:|[78](?:[ -]?bits?)?|binary|none|plain|unencoded|identity|utf-?8|us-ascii|iso-8859-\d{1,2})$/;
const BASE64 = /^base[-_ ]?64$/;
const QUOTED = /^quoted[-_/ ]?printable$/;

/** What a Content-Transfer-Encoding field says (RFC 2045 6); undefined: there is no such field. */
export function readTransferEncoding(field: string | undefined): TransferEncoding {
  const name = withoutComments(field ?? '')
    .replace(/[";]/g, '')
    .trim()
    .toLowerCase();
  if (BASE64.test(name)) return 'base64';
  if (QUOTED.test(name)) return 'quoted-printable';
  return IDENTITY.test(name) ? 'identity' : 'unknown';
}
