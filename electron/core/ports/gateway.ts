import type { SmtpReply } from '../domain/refusals';
import type { OutsideAddress } from '../../../shared/gateway/outside-address';
import type { LocalServer } from './local-server';

/** One message that the mail server hands over (RFC 2033). */
export type FromOutside = {
  /** The sender of its envelope as it is written there; undefined: the null sender. */
  readonly sender: string | undefined;
  /** In the order of the replies; one may stand twice. */
  readonly recipients: readonly string[];
  readonly octets: Uint8Array;
};

/** What the gateway does with the mail server's commands. None of it throws or rejects. */
export type OutsideDoor = {
  /** Undefined when mail for this recipient is taken now. */
  checkRecipient(text: string): SmtpReply | undefined;
  /** A reply for each recipient: 250 only when the letter for it is committed. */
  receive(message: FromOutside): Promise<readonly SmtpReply[]>;
};

/** What became of a message at the mail server, for each recipient; `reply` is one line. */
export type HandedOver = {
  readonly taken: readonly OutsideAddress[];
  readonly refused: readonly { readonly recipient: OutsideAddress; readonly reply: string }[];
  /** May be tried again. */
  readonly waiting: readonly OutsideAddress[];
};

/** The mail server beside the gateway, on this machine. */
export type MailServer = {
  /** Listens for LMTP on this port of 127.0.0.1, and nowhere else. Throws `port-refused`. */
  listen(o: { readonly port: number; readonly door: OutsideDoor }): Promise<LocalServer>;
  /** Hands a message over by SMTP to this port of 127.0.0.1. Never rejects: what fails waits. */
  handOver(o: {
    readonly port: number;
    readonly greeting: string;
    readonly from: string;
    readonly to: readonly OutsideAddress[];
    readonly octets: Uint8Array;
    readonly signal: AbortSignal;
  }): Promise<HandedOver>;
};
