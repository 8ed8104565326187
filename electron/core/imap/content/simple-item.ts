import type { ImapEntry, ImapMessage } from '../../ports/imap';
import { dateTimeText } from '../grammar/date-time';
import type { FetchItem, SectionItem } from '../grammar/fetch-items';
import { stringForm, utf8Octets } from '../wire/text-forms';

export type SimpleItem = Exclude<FetchItem, SectionItem>;
type SimpleName = SimpleItem['name'];

/** Items that an entry tells, without the row of its message. */
const OF_ENTRY: ReadonlySet<FetchItem['name']> = new Set(['FLAGS', 'MODSEQ', 'UID']);

export function needsMessage({ name }: FetchItem): boolean {
  return !OF_ENTRY.has(name);
}

/** `FLAGS (…)` and its like. `flags`: as the session tells them. */
export function entryItem(name: SimpleName, { entry, flags }: { entry: ImapEntry; flags: string }): string | undefined {
  switch (name) {
    case 'FLAGS':
      return `FLAGS ${flags}`;
    case 'MODSEQ':
      return `MODSEQ (${String(entry.modseq)})`;
    case 'UID':
      return `UID ${String(entry.uid)}`;
    default:
      return undefined;
  }
}

/** `ENVELOPE (…)` and its like; undefined for what has octets of the message. */
export function messageItem(
  name: SimpleName,
  { message, isUtf8 }: { readonly message: ImapMessage; readonly isUtf8: boolean },
): string | undefined {
  return FORMS[name] && `${name} ${FORMS[name]({ message, isUtf8 })}`;
}

type Told = { readonly message: ImapMessage; readonly isUtf8: boolean };

const FORMS: Readonly<Partial<Record<SimpleName, (told: Told) => string>>> = {
  BODY: ({ message }) => message.body,
  BODYSTRUCTURE: ({ message }) => message.bodyStructure,
  EMAILID: ({ message }) => `(${message.emailId})`,
  ENVELOPE: ({ message }) => message.envelope,
  INTERNALDATE: ({ message }) => dateTimeText(message.internalDate, message.zone),
  PREVIEW: ({ message, isUtf8 }) => stringForm(utf8Octets(withoutNul(message.preview)), { isUtf8 }),
  'RFC822.SIZE': ({ message }) => String(message.size),
  SAVEDATE: ({ message }) => dateTimeText(message.savedAt),
  THREADID: ({ message }) => (message.threadId === '' ? 'NIL' : `(${message.threadId})`),
};

/** No string holds one (RFC 9051 4.3). */
const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');
