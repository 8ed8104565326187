import type { ImapAccount, ImapMailbox } from '../../ports/imap';
import { fromModifiedUtf7, toModifiedUtf7 } from '../grammar/mailbox-name';
import { astringForm, utf8Octets } from '../wire/text-forms';
import { isUtf8, type Session } from './session';

const INBOX = 'INBOX';
export const SEPARATOR = '/';

/** The text of a name; undefined where its octets do not decode. */
export function decodedName(session: Session, octets: Uint8Array): string | undefined {
  const text = isUtf8(session) ? fromUtf8(octets) : fromModifiedUtf7(Buffer.from(octets).toString('latin1'));
  return text?.normalize('NFC');
}

function fromUtf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** The levels of a name as a client typed it, INBOX in whatever case; undefined where it does not decode. */
export function pathOf(session: Session, octets: Uint8Array): readonly string[] | undefined {
  const [first = '', ...rest] = decodedName(session, octets)?.split(SEPARATOR) ?? [];
  if (first === '' && rest.length === 0) return undefined;
  return [first.toUpperCase() === INBOX ? INBOX : first, ...rest];
}

export function isInbox(path: readonly string[]): boolean {
  return path.length === 1 && path[0] === INBOX;
}

export function mailboxAt(account: ImapAccount, path: readonly string[] | undefined): ImapMailbox | undefined {
  const name = path?.join(SEPARATOR);
  return account.mailboxes().find((mailbox) => mailbox.path.join(SEPARATOR) === name);
}

/** As it is written in responses. */
export function nameForm(session: Session, name: string): string {
  const octets = isUtf8(session) ? utf8Octets(name) : toModifiedUtf7(name);
  return astringForm(octets, { isUtf8: isUtf8(session) });
}
