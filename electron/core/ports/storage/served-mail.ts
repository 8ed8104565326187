import type { Keyword, MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { ServedEntity } from '../../domain/served-entity';

/**
 * What another program gets of a message: its text as it was before it was sealed, or the octets that came over the
 * wire. Both stay the same, octet for octet, as long as the message lies there.
 */
export type ServedForm = 'unsealed' | 'sealed';

/** A message as other programs see it; computed when it was stored, so that FETCH parses nothing. */
export type ServedMessage = {
  readonly uid: number;
  /** The same for all copies of one message (RFC 8474). */
  readonly emailId: string;
  readonly threadId: string;
  /** Milliseconds since 1970. */
  readonly internalDate: number;
  readonly sentDate: number;
  readonly savedAt: number;
  /** Octets of the whole message. */
  readonly size: number;
  /** Values of ENVELOPE, BODYSTRUCTURE and BODY, an octet a character. */
  readonly envelope: string;
  readonly bodyStructure: string;
  readonly body: string;
  readonly preview: string;
  readonly entity: ServedEntity;
};

/** Where copies came to lie: the UIDs in pairs (RFC 4315). */
export type CopiedUids = { readonly from: readonly number[]; readonly to: readonly number[] };

type InMailbox = { readonly mailbox: MailboxRef; readonly form: ServedForm };

/** Messages of one identity as other mail programs read and write them. */
export type ServedMail = {
  /** Of these UIDs what is there, ascending. */
  messages(o: InMailbox & { readonly uids: readonly number[] }): ServedMessage[];
  /** Octets of a message; `to` is not within. Fewer, or none, where the message ends or is gone. */
  octets(o: InMailbox & { readonly uid: number; readonly from: number; readonly to: number }): Uint8Array;
  /** Copies messages; they share their contents. What is gone is left out. Throws `mailbox-refused`. */
  copy(o: { readonly mailbox: MailboxRef; readonly uids: readonly number[]; readonly to: MailboxRef }): CopiedUids;
  /** As `Messages.move`, by UIDs, and tells the new ones. */
  move(o: { readonly mailbox: MailboxRef; readonly uids: readonly number[]; readonly to: MailboxRef }): CopiedUids;
  /** Which message this is; undefined when it is gone. */
  messageId(o: { readonly mailbox: MailboxRef; readonly uid: number }): MessageId | undefined;
  /** The message with this Message-ID that we wrote, if one lies in this mailbox. */
  uidOf(o: { readonly mailbox: MailboxRef; readonly rfcMessageId: string }): number | undefined;
  /**
   * Sets the flags and keywords of a message to these, `\\Seen`, `\\Flagged`, `\\Answered`, `\\Deleted` and
   * `\\Draft` among them.
   */
  setFlags(o: {
    readonly mailbox: MailboxRef;
    readonly uid: number;
    readonly flags: readonly (Keyword | string)[];
  }): void;
  /** Deletes for ever, in any mailbox, what has these UIDs. */
  expunge(o: { readonly mailbox: MailboxRef; readonly uids: readonly number[] }): void;
};
