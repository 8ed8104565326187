import type { SmtpReply } from '../domain/refusals';

/** A letter as another program hands it over (RFC 6409). */
export type Submission = {
  /** '' for `MAIL FROM:<>`. */
  readonly mailFrom: string;
  /** Of RCPT TO, as `checkRecipient` has let them pass. */
  readonly recipients: readonly string[];
  /** RFC 5322, as it came after DATA. */
  readonly octets: Uint8Array;
};

/** Whom an app password may write for. */
export type SubmissionAccount = {
  /** The refusal of a `MAIL FROM`; undefined: it may send. */
  checkSender(text: string): SmtpReply | undefined;
  /** The refusal of a `RCPT TO`, which names it; undefined: mail can go there. */
  checkRecipient(text: string): SmtpReply | undefined;
  /** 250 when the letter is committed to the outbox; else nothing of it is kept. Never rejects. */
  submit(o: Submission): Promise<SmtpReply>;
};

/** Who may submit. */
export type SubmissionDoor = {
  /**
   * Undefined for a wrong name or password; takes the longer the more wrong ones came. Throws `too-many` for too many
   * wrong ones, or too many connections of one program.
   */
  logIn(o: { readonly user: string; readonly password: string }): Promise<SubmissionAccount | undefined>;
};
