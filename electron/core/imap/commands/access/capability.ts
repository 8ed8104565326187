import { MAX_APPEND_OCTETS } from '../../../domain/client-limits';
import type { Command } from '../../session/command';
import type { Session } from '../../session/session';
import { ok } from '../../session/tagged';

const ALWAYS = ['IMAP4rev1', 'IMAP4rev2', 'LITERAL+', 'SASL-IR', 'ENABLE', 'ID'];
const LOGGED_OUT = ['AUTH=PLAIN', 'AUTH=LOGIN'];
const LOGGED_IN = [
  `APPENDLIMIT=${String(MAX_APPEND_OCTETS)}`,
  'BINARY',
  'CHILDREN',
  'CONDSTORE',
  'CREATE-SPECIAL-USE',
  'ESEARCH',
  'IDLE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'MOVE',
  'MULTIAPPEND',
  'NAMESPACE',
  'OBJECTID',
  'PREVIEW',
  'QRESYNC',
  'QUOTA',
  'QUOTA=RES-STORAGE',
  'SAVEDATE',
  'SEARCHRES',
  'SORT',
  'SPECIAL-USE',
  'STATUS=SIZE',
  'THREAD=ORDEREDSUBJECT',
  'THREAD=REFERENCES',
  'UIDPLUS',
  'UNSELECT',
  'UTF8=ACCEPT',
];

/** CAPABILITY (RFC 9051 6.1.1). */
export const capability: Command = {
  state: 'any',
  read:
    () =>
    ({ session }) => {
      session.client.tell(capabilities(session));
      return ok('These are all');
    },
};

/** The response, or with brackets around it the response code. */
export function capabilities(session: Session): string {
  const { client, account } = session;
  if (account)
    return ['CAPABILITY', ...ALWAYS, ...LOGGED_IN, ...(client.isCompressed ? [] : ['COMPRESS=DEFLATE'])].join(' ');
  return ['CAPABILITY', ...ALWAYS, ...LOGGED_OUT, ...(session.canStartTls ? ['STARTTLS'] : [])].join(' ');
}
