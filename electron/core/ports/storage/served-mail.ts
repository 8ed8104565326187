import type { AttachmentId, MailAddress, MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { ServedForm, ServedMessage } from '../../domain/served/served-message';
import type { NewServed } from '../../domain/served/served-octets';
import type { IncomingAttachment } from '../mime';
import type { StagedServed } from './contents';

/** What sorts and threads messages (RFC 5256): the subject without `Re:`, and the local part of first addresses. */
export type ServedSortRow = {
  readonly uid: number;
  /** Milliseconds since 1970. */
  readonly arrival: number;
  readonly date: number;
  readonly size: number;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly threadId: string;
};

/** Where copies came to lie: the UIDs in pairs (RFC 4315). */
export type CopiedUids = { readonly from: readonly number[]; readonly to: readonly number[] };

/** A message that another program puts into a mailbox. Nobody has checked who wrote it. */
export type NewAppended = {
  readonly id: MessageId;
  readonly mailbox: MailboxRef;
  /** `\Seen`, `\Flagged`, `\Answered`, `\Deleted`, `\Draft`, and keywords in small letters. */
  readonly flags: readonly string[];
  readonly internalDate: number;
  readonly rfcMessageId?: string;
  /** The conversation that it begins when it belongs to none. */
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Our own address when it names another, or one that is no onion's. */
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** Of a draft: addresses as they are written there, and what it answers. */
  readonly typed?: {
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
    readonly answers?: MessageId;
  };
  readonly subject: string;
  readonly preview: string;
  readonly date: number;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly (IncomingAttachment & { readonly id: AttachmentId })[];
  readonly served: NewServed;
};

type InMailbox = { readonly mailbox: MailboxRef };
type InForm = InMailbox & { readonly form: ServedForm };
type OfUids = InMailbox & { readonly uids: readonly number[] };

/** Messages of one identity as other mail programs read and write them. */
export type ServedMail = {
  /** Of these UIDs what is there, ascending. Ask for some hundred at a time. */
  messages(o: InForm & OfUids): ServedMessage[];
  /**
   * Octets of a message; `to` is not within. Fewer, or none, where the message ends or is gone. Ask for some 100,000 at
   * a time: the call reads and encodes them at once.
   */
  octets(o: InForm & { readonly uid: number; readonly from: number; readonly to: number }): Uint8Array;
  /** Octets of all messages of a mailbox in this form (RFC 9051, STATUS SIZE). */
  size(o: InForm): number;
  /** Copies messages; they share large contents. What is gone is left out. Throws `mailbox-refused`. */
  copy(o: OfUids & { readonly to: MailboxRef }): CopiedUids;
  /** As `Messages.move`, by UIDs, and tells the new ones. */
  move(o: OfUids & { readonly to: MailboxRef }): CopiedUids;
  /** Puts a message into a mailbox that takes mail, or into Drafts. Throws `mailbox-refused`, `disk-full`. */
  append(message: NewAppended): Promise<{ readonly uid: number }>;
  /** A message that an earlier version received, and of which only text and files are known; the newest first. */
  older(): MessageId | undefined;
  /** What other programs see of it; without, it is built from text and files. Does nothing when it is known or gone. */
  putOlder(o: { readonly messageId: MessageId; readonly served?: StagedServed }): void;
  /** Which message this is; undefined when it is gone. */
  messageId(o: InMailbox & { readonly uid: number }): MessageId | undefined;
  /** The newest message with this Message-ID that we wrote, if one lies there that is not marked as deleted. */
  uidOf(o: InMailbox & { readonly rfcMessageId: string }): number | undefined;
  /**
   * Changes flags and keywords in one commit, `\Seen`, `\Flagged`, `\Answered`, `\Deleted` and `\Draft` among them.
   * What has a higher MODSEQ than `unchangedSince` is left as it is: its UIDs are answered (RFC 7162 3.1.3). Throws
   * `too-many` for more keywords than a message may have, and has changed nothing then.
   */
  setFlags(
    o: OfUids & {
      readonly how: 'add' | 'remove' | 'replace';
      readonly flags: readonly string[];
      readonly unchangedSince?: number;
    },
  ): { readonly modified: readonly number[] };
  /** Deletes for ever what has these UIDs, in any mailbox but the outbox. Answers what went, ascending. */
  expunge(o: OfUids): number[];
  /** Of these UIDs what is there, ascending. */
  sortRows(o: InForm & OfUids): ServedSortRow[];
  /**
   * UIDs of the messages that have this text, whatever the case of its letters and the form that is read, ascending.
   * `text` looks in header and body. Encoded words and bodies are decoded. `uids`: only these are looked at,
   * so that a large mailbox is searched in steps.
   */
  withText(
    o: InMailbox & {
      readonly uids?: readonly number[];
      readonly where: 'bcc' | 'body' | 'cc' | 'from' | 'subject' | 'text' | 'to';
      readonly text: string;
    },
  ): number[];
  /** The same of any header field as it was written; an empty text finds all that have the field. */
  withHeader(
    o: InMailbox & { readonly uids?: readonly number[]; readonly field: string; readonly text: string },
  ): number[];
};
