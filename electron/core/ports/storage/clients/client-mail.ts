import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxRef } from '../../../../../shared/mailbox';

type InMailbox = { readonly mailbox: MailboxRef };

/** Where a text is looked for: in what a person reads of a message, or in its subject and people, too. */
export type ClientTextPlace = 'body' | 'text';

/** What says where a message stands among those that it answers. */
export type ClientThreadRow = {
  readonly uid: number;
  readonly threadId: string;
  /** Milliseconds since 1970, by its own word. */
  readonly date: number;
  readonly subject: string;
  readonly rfcMessageId?: string;
  /** Message-IDs of References or, where there are none, of In-Reply-To; the nearest is the last. */
  readonly references: readonly string[];
};

/** What other mail programs ask of one identity's mail beside what the window does, and how it is served. */
export type ClientMail = {
  /** Mailboxes that some program does not want to see (RFC 9051 6.3.8). */
  unsubscribed(): MailboxId[];
  /** Throws `mailbox-unknown`. */
  subscribe(o: { readonly mailbox: MailboxRef; readonly isSubscribed: boolean }): void;
  /** Names, a level each, that programs subscribe to and no mailbox has any more. */
  lostSubscriptions(): string[][];
  /** Remembers such a name, or forgets it; too many are not remembered. */
  setLostSubscription(o: { readonly path: readonly string[]; readonly isSubscribed: boolean }): void;
  /** What mailboxes were made for by programs (RFC 6154), beside the seven that everybody has. */
  attributes(): { readonly id: MailboxId; readonly attribute: string }[];
  /** Throws `mailbox-unknown`. */
  setAttribute(o: { readonly mailbox: MailboxRef; readonly attribute: string }): void;
  /**
   * Looks for a text by the index of words, in the messages behind `afterUid`, `limit` of them at most. `sure` have it;
   * `maybe` are all others that may have it. Both ascending. `lastUid` is the last that was looked at; absent: there
   * were none.
   */
  candidates(
    o: InMailbox & {
      readonly text: string;
      readonly place: ClientTextPlace;
      readonly afterUid: number;
      readonly limit: number;
    },
  ): { readonly sure: number[]; readonly maybe: number[]; readonly lastUid?: number };
  /** Of these UIDs what is there, ascending. */
  threadRows(o: InMailbox & { readonly uids: readonly number[] }): ClientThreadRow[];
  /** What a person reads of these messages, files with words in them included. */
  texts(
    o: InMailbox & { readonly uids: readonly number[] },
  ): { readonly uid: number; readonly subject: string; readonly text: string }[];
};
