import type { MailAddress } from '../../../shared/ids';
import { MAX_QUEUE_RUNS_PER_CONNECTION } from '../domain/custody-limits';
import type { SmtpReply } from '../domain/refusals';
import type { SmtpRecipient } from '../ports/smtp';
import { GuardedConnection, type GuardedOptions } from './guarded-connection';
import { listenerReplies } from './listener-replies';
import { readQueueRun } from './queue-run';

/** The facts from the commands of one mail so far. */
export type SmtpTransaction = {
  readonly mailFrom: MailAddress | null;
  readonly announcedSize?: number;
  /** Whether mail from this sender to this recipient is expected; both are claims. */
  readonly isKnown: boolean;
  readonly rcptTo?: SmtpRecipient;
  /** Octets of content that the recipient has room for. */
  readonly room?: number;
  readonly recipients: number;
};

/** What a connection asks the listener it belongs to. */
export type ConnectionOwner = {
  /** Asked before DATA: the reply when its content cannot be taken now. */
  refuseContent(connection: OnionSmtpConnection): SmtpReply | undefined;
  queueRun(node: string): void;
};

/** A connection of a peer that brings mail, or asks for what is held for it. */
export class OnionSmtpConnection extends GuardedConnection {
  readonly #owner: ConnectionOwner;
  #queueRuns = 0;
  protected override readonly features = ['ETRN'];
  transaction: SmtpTransaction | undefined;
  /** The sender that it claims to be, when mail from that sender is expected; undefined before. */
  sender: string | undefined;
  /** Messages that were begun. */
  messages = 0;

  constructor(o: GuardedOptions & { readonly owner: ConnectionOwner }) {
    super(o);
    this.#owner = o.owner;
  }

  /** MAIL was accepted. */
  begin(transaction: SmtpTransaction): void {
    this.transaction = transaction;
    this.messages += 1;
  }

  override handler_RSET(command: Buffer, callback: () => void): void {
    if (this.refuseArguments(command, callback)) return;
    this.transaction = undefined;
    super.handler_RSET(command, callback);
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (this.refuseArguments(command, callback)) return;
    const refusal = this.transaction?.rcptTo && this.#owner.refuseContent(this);
    if (!refusal) return super.handler_DATA(command, callback);
    this.sendReply(refusal);
    callback();
  }

  /** RFC 1985; the reply is sent before mail for that node is looked up, so it cannot tell whether there is any. */
  handler_ETRN(command: Buffer, callback: () => void): void {
    const node = readQueueRun(command);
    this.#queueRuns += 1;
    if (this.#queueRuns > MAX_QUEUE_RUNS_PER_CONNECTION) this.sendReply(listenerReplies.tooManyQueueRuns);
    else if (node === undefined) this.send(501, '5.5.4 Name one node');
    else {
      this.send(250, '2.0.0 OK');
      setImmediate(() => this.#owner.queueRun(node));
    }
    callback();
  }
}
