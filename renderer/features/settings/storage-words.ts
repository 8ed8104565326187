import type { Freeable, StorageUse } from '../../../shared/storage-use';
import { sizeText } from '../../words/size-text';

type Amount = { readonly count: number; readonly bytes: number };

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);

/** `12 messages, about 3.4 MB`: what they cost is reckoned, a little too high. */
export const amountText = ({ count, bytes }: Amount): string =>
  count === 0 ? 'Nothing' : `${messages(count)}, about ${sizeText(bytes)}`;

/** `12 messages, about 3.4 MB of 200 MB`: strangers can fill no more. */
export const requestsText = (requests: StorageUse['requests']): string =>
  `${amountText(requests)} of ${sizeText(requests.limit)}`;

/** `210 keys, 1.2 MB`. */
export const keysText = ({ count, bytes }: Amount): string =>
  count === 0 ? 'Nothing' : `${count === 1 ? '1 key' : `${count} keys`}, ${sizeText(bytes)}`;

/** What each kind is called, and who fills it. */
export const storageRow: Readonly<
  Record<Freeable | 'mail' | 'keys', { readonly title: string; readonly hint: string }>
> = {
  mail: { title: 'Your mail', hint: 'Everything in your folders but the requests and the trash.' },
  requests: {
    title: 'Requests of strangers',
    hint: 'Strangers can fill no more than this. When it is full, a new request takes the place of the oldest unread one of whoever sent most.',
  },
  held: {
    title: 'Kept for others',
    hint: 'Sealed mail for people who are away. Each of them has as much room as you agreed to.',
  },
  trash: { title: 'Trash', hint: 'What you have thrown away stays here until you empty it.' },
  keys: { title: 'Keys of other people', hint: 'To seal mail to them, and to check who wrote.' },
};

/** The button that frees a kind, the question before it, and the note after it. */
export const freeWords: Readonly<
  Record<
    Freeable,
    {
      readonly button: string;
      readonly title: string;
      readonly text: (amount: Amount) => string;
      readonly done: string;
    }
  >
> = {
  requests: {
    button: 'Delete all…',
    title: 'Delete all requests?',
    text: ({ count }) =>
      `${messages(count)} from people you do not know ${count === 1 ? 'is' : 'are'} deleted for good, read or not. They are not told.`,
    done: 'All requests are deleted',
  },
  held: {
    button: 'Delete…',
    title: 'Delete what you keep for others?',
    text: ({ count }) =>
      `${messages(count)} for people who are away ${count === 1 ? 'is' : 'are'} deleted for good. They may get ${count === 1 ? 'it' : 'them'} nowhere else. They are told that you deleted ${count === 1 ? 'it' : 'them'}.`,
    done: 'Nothing is kept for others any more',
  },
  trash: {
    button: 'Empty…',
    title: 'Empty the trash?',
    text: ({ count }) => `${messages(count)} in the trash ${count === 1 ? 'is' : 'are'} deleted for good.`,
    done: 'The trash is empty',
  },
};

/** How large the file is, and why it does not shrink. */
export const fileText = (bytes: number): string =>
  `All of it lies in one file of ${sizeText(bytes)}. What you delete makes room in it for new mail; the file itself stays as large.`;
