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
  const forms: Partial<Record<SimpleName, () => string>> = {
    BODY: () => message.body,
    BODYSTRUCTURE: () => message.bodyStructure,
    EMAILID: () => `(${message.emailId})`,
    ENVELOPE: () => message.envelope,
    INTERNALDATE: () => dateTimeText(message.internalDate),
    PREVIEW: () => stringForm(utf8Octets(message.preview), { isUtf8 }),
    'RFC822.SIZE': () => String(message.size),
    SAVEDATE: () => dateTimeText(message.savedAt),
    THREADID: () => (message.threadId === '' ? 'NIL' : `(${message.threadId})`),
  };
  const form = forms[name];
  return form && `${name} ${form()}`;
}
