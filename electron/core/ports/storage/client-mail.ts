import type { AttachmentId, MailAddress, MailboxId, MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { IncomingAttachment } from '../mime';

type InMailbox = { readonly mailbox: MailboxRef };

/** What sorting, threading and searching by other mail programs read of a message: columns, and no octets. */
export type ClientRow = {
  readonly uid: number;
  readonly threadId: string;
  /** Milliseconds since 1970: by its own word, and when it came. */
  readonly date: number;
  readonly arrival: number;
  readonly size: number;
  readonly subject: string;
  /** Addresses as they are written; of drafts, as they were typed. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly rfcMessageId?: string;
};

/** Where a text is looked for: in what a person reads of a message, or in its subject and people, too. */
export type ClientTextPlace = 'body' | 'text';

/** A message that another program brought. What it says of its people is not proved, and may name no onion. */
export type NewAppended = {
  readonly id: MessageId;
  readonly mailbox: MailboxRef;
  /** With its angle brackets; not every message has one. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Of the onions in it; of the person's own address when From names none. */
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** Addresses as they are written. */
  readonly written: Readonly<Record<'from' | 'to' | 'cc' | 'bcc', readonly string[]>>;
  readonly subject: string;
  readonly preview: string;
  readonly date: number;
  readonly storedAt: number;
  /** As RFC 9051 spells them, and keywords. */
  readonly flags: readonly string[];
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly (IncomingAttachment & { readonly id: AttachmentId })[];
  readonly raw: Uint8Array;
};

/** What other mail programs ask of one identity's mail beside what the window does. */
export type ClientMail = {
  /** Mailboxes that some program does not want to see (RFC 9051 6.3.8). */
  unsubscribed(): MailboxId[];
  /** Throws `mailbox-unknown`. */
  subscribe(o: { readonly mailbox: MailboxRef; readonly isSubscribed: boolean }): void;
  /** Of these UIDs what is there, ascending. */
  rows(o: InMailbox & { readonly uids: readonly number[] }): ClientRow[];
  /**
   * Messages behind `afterUid`, at most `limit` of them: of those, all that may have the text, ascending, and some that
   * have not. `isExact`: all of them have it. `lastUid` is the last that was looked at; absent: there were none.
   */
  candidates(
    o: InMailbox & {
      readonly text: string;
      readonly place: ClientTextPlace;
      readonly afterUid: number;
      readonly limit: number;
    },
  ): { readonly uids: number[]; readonly isExact: boolean; readonly lastUid?: number };
  /**
   * Keeps a message, octet for octet, in one commit, and answers its UID; several of one Message-ID are several
   * messages. Throws `mailbox-unknown` and `disk-full`.
   */
  append(message: NewAppended): Promise<number>;
  /** What a person reads of these messages, files with words in them included. */
  texts(o: InMailbox & { readonly uids: readonly number[] }): { readonly uid: number; readonly text: string }[];
};
