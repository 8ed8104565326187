import type { AgreementId, MailAddress, OnionHost } from '../../../shared/ids';
import type { SendOutcome } from '../domain/delivery-outcome';
import type { SmtpReply } from '../domain/refusals';
import type { LocalServer } from './local-server';
import type { DialOutcome } from './onion';

export type IncomingMail = {
  /** `null` for `MAIL FROM:<>`. */
  readonly mailFrom: MailAddress | null;
  /** As `checkRcptTo` answered it. */
  readonly rcptTo: SmtpRecipient;
  readonly transferId: string;
  readonly raw: Uint8Array;
};

/** Where mail goes: into this mailbox, or into custody for a client. */
export type SmtpRecipient =
  | { readonly for: 'mailbox'; readonly address: MailAddress }
  | { readonly for: 'client'; readonly agreementId: AgreementId; readonly token: string };

/**
 * What a listener asks the use cases. `isKnown`: somebody this mailbox expects mail from, as far as the envelope tells:
 * they come first when there is too much to do, and are not greylisted. It proves nothing.
 */
export type SmtpHandler = {
  /** `text` is '' for `MAIL FROM:<>`; `greeting` is what EHLO said. */
  checkMailFrom(
    text: string,
    greeting: string,
  ): { readonly address: MailAddress | null; readonly isKnown: boolean } | { readonly reply: SmtpReply };
  /** `room`: octets that are taken at most, where it is less than MAX_MESSAGE_BYTES. */
  checkRcptTo(
    text: string,
    o: { readonly mailFrom: MailAddress | null; readonly announcedSize?: number },
  ):
    | { readonly recipient: SmtpRecipient; readonly room?: number; readonly isKnown: boolean }
    | { readonly reply: SmtpReply };
  /** Resolves only when the mail is committed or refused. */
  receive(mail: IncomingMail): Promise<SmtpReply>;
  /** ETRN (RFC 1985) for this node; answered alike whatever comes of it. */
  queueRun(node: string): void;
  progressed(o: { transferId: string; bytes: number; total?: number; done: boolean }): void;
};

export type SmtpListeners = {
  /** `name`: the onion host for banner and EHLO. */
  start(o: { name: OnionHost; handler: SmtpHandler }): Promise<LocalServer>;
};

export type SmtpSender = {
  /**
   * One transaction over one new connection from `dial`; never throws for what the network or the peer does. `from`
   * null: `MAIL FROM:<>`. `greeting`: what EHLO says; when absent the onion of `from`, and without `from` the address
   * literal `[127.0.0.1]`, which names no sender (RFC 5321 4.1.4).
   */
  send(o: {
    from: MailAddress | null;
    /** A mailbox, or a token at the client's onion, for mail that is left with a holder. */
    to: string;
    raw: Uint8Array;
    greeting?: OnionHost;
    dial: () => Promise<DialOutcome>;
    progressed: (bytes: number) => void;
    signal: AbortSignal;
  }): Promise<SendOutcome>;
  /** Asks a holder to hand over what it keeps for `node` (RFC 1985). */
  requestQueueRun(o: {
    node: OnionHost;
    dial: () => Promise<DialOutcome>;
    signal: AbortSignal;
  }): Promise<'asked' | 'unreachable'>;
};
