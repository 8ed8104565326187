import type { Socket } from 'node:net';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { SMTPServer } from 'smtp-server';
import type { MailAddress } from '../../../shared/ids';
import { MAX_SMTP_ERRORS } from '../domain/limits';
import { replyToMimeRefusal } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import type { Clock } from '../ports/runtime';
import type { SmtpRecipient } from '../ports/smtp';
import { readAddressCommand } from './address-command';
import type { Progress } from './choose-who-gives-way';
import { ConnectionTimers } from './connection-timers';
import { listenerReplies, replyText } from './listener-replies';
import { readQueueRun } from './queue-run';
import { RawOctetGuard } from './raw-octet-guard';
import { Tarpit, tarpitWait } from './tarpit';
import { MAX_QUEUE_RUNS_PER_CONNECTION } from '../domain/custody-limits';

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

const HAS_ENHANCED_CODE = /^[245]\.\d{1,3}\.\d{1,3} /;

/**
 * One SMTP connection: smtp-server's, and around it a guard over the raw octets, timers that a test can drive, a tarpit
 * for peers that err, and replies that tell nothing about the software.
 */
export class OnionSmtpConnection extends SMTPConnection {
  readonly #clock: Clock;
  readonly #owner: ConnectionOwner;
  readonly #since: number;
  readonly #guard = new RawOctetGuard();
  readonly #tarpit: Tarpit;
  #lastHeard: number;
  #octets = 0;
  #errors = 0;
  #queueRuns = 0;
  #stopping = false;
  #receiving = false;
  transaction: SmtpTransaction | undefined;
  /** The sender that it claims to be, when mail from that sender is expected; undefined before. */
  sender: string | undefined;
  /** Messages that were begun. */
  messages = 0;

  constructor(o: {
    server: SMTPServer;
    socket: Socket;
    options: SMTPConnectionOptions | null | undefined;
    clock: Clock;
    owner: ConnectionOwner;
  }) {
    super(o.server, o.socket, o.options);
    // smtp-server only writes while both sides are open; a peer that has closed its own still waits for the reply.
    Object.defineProperty(o.socket, 'readyState', { get: () => (o.socket.writable ? 'open' : 'closed') });
    this.#clock = o.clock;
    this.#owner = o.owner;
    this.#tarpit = new Tarpit(o.clock);
    this.#since = o.clock.now();
    this.#lastHeard = this.#since;
  }

  /**
   * Greets at once: smtp-server waits a tenth of a second for early talkers, a cost that every honest mail would pay.
   */
  override init(): void {
    // Before the parser's own listener, so that nothing is parsed that was not looked at.
    this._socket.on('data', (chunk: Buffer) => this.#inspect(chunk));
    const timers = new ConnectionTimers({
      clock: this.#clock,
      lastHeard: () => this.#lastHeard,
      isStoring: () => this.#receiving,
      idle: () => this.sendReply(listenerReplies.idle),
      tooLong: () => this.sendReply(listenerReplies.tooLong),
    });
    this._socket.once('close', () => {
      timers.cancel();
      this.#tarpit.drop();
    });
    this._setListeners(() => this.connectionReady());
  }

  /**
   * Sends text that brings its enhanced code as it is. Each further refusal waits longer, and in the end a peer that
   * only makes errors is hung up on.
   */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const isExact = typeof data === 'string' && HAS_ENHANCED_CODE.test(data);
    // Only the reply to EHLO has several lines: the features (RFC 1985 for ETRN).
    const lines = Array.isArray(data) ? [...data, 'ETRN'] : data;
    const say = (): void => super.send(code, lines, isExact ? false : context);
    if (code >= 400 && code !== 421) return this.#refuse(say);
    // Replies keep their order; one that ends the connection lets nothing wait.
    this.#tarpit.flush();
    say();
  }

  sendReply(reply: SmtpReply): void {
    this.send(reply.code, replyText(reply));
  }

  override close(): void {
    this.#tarpit.flush();
    super.close();
  }

  /** MAIL was accepted. */
  begin(transaction: SmtpTransaction): void {
    this.transaction = transaction;
    this.messages += 1;
  }

  /** While a message is being stored, the connection does not time out, and a stop waits for the reply. */
  storing(isStoring: boolean): void {
    this.#receiving = isStoring;
    this.#lastHeard = this.#clock.now();
    if (!isStoring && this.#stopping) setImmediate(() => this.stop());
  }

  progress(): Progress {
    return { ageMs: this.#clock.now() - this.#since, octets: this.#octets, isStoring: this.#receiving };
  }

  /** Whether we have closed our side, after QUIT or an error, and the peer has not. */
  get isEnding(): boolean {
    return this._closing && !this.#receiving;
  }

  /** Ends the connection at once, also when the peer holds it open. */
  cut(): void {
    this._socket.destroy();
  }

  /** Frees its place for another connection, without waiting for the peer to hang up. */
  giveWay(reply: SmtpReply): void {
    this.sendReply(reply);
    this._socket.destroySoon();
  }

  /** Says 421 and closes without waiting for the peer; a message that is being stored is answered first. */
  stop(): void {
    this.#stopping = true;
    if (this.#receiving) return;
    this.giveWay(listenerReplies.closing);
  }

  /** When the peer has closed its side, the command in progress is still answered; then ours is closed. */
  override _createParser(): ReturnType<SMTPConnection['_createParser']> {
    const parser = super._createParser();
    parser.on('finish', () => this.close());
    // Its one error is a line without end. smtp-server says 421 alone, for which a sender comes again for ever.
    parser.removeAllListeners('error').on('error', () => {
      this.sendReply(listenerReplies.lineTooLong);
      this.sendReply(listenerReplies.tooManyErrors);
      this.close();
    });
    return parser;
  }

  /** A command behind a reply that is held back waits as long. */
  override _onCommand(command: Buffer, callback?: () => void): void {
    this.#tarpit.after(() => {
      if (!this._closing && !this._closed) super._onCommand(command, callback);
    });
  }

  override handler_MAIL(command: Buffer, callback: () => void): void {
    const line = this.#readAddress('MAIL', command);
    if (line) super.handler_MAIL(line, callback);
    else callback();
  }

  override handler_RCPT(command: Buffer, callback: () => void): void {
    const line = this.#readAddress('RCPT', command);
    if (line) super.handler_RCPT(line, callback);
    else callback();
  }

  override handler_RSET(command: Buffer, callback: () => void): void {
    if (this.#refuseArguments(command, callback)) return;
    this.transaction = undefined;
    super.handler_RSET(command, callback);
  }

  override handler_QUIT(command: Buffer, callback: () => void): void {
    if (!this.#refuseArguments(command, callback)) super.handler_QUIT(command, callback);
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (this.#refuseArguments(command, callback)) return;
    const refusal = this.transaction?.rcptTo && this.#owner.refuseContent(this);
    if (!refusal) return super.handler_DATA(command, callback);
    this.sendReply(refusal);
    callback();
  }

  override handler_VRFY(_command: Buffer, callback: () => void): void {
    this.send(252, '2.1.5 Names are not verified; send and see');
    callback();
  }

  override handler_HELP(_command: Buffer, callback: () => void): void {
    this.send(214, '2.0.0 See RFC 5321');
    callback();
  }

  handler_EXPN(_command: Buffer, callback: () => void): void {
    this.send(502, '5.5.1 Not implemented');
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

  /** The command in its plain form; undefined when it was answered with a refusal. */
  #readAddress(verb: 'MAIL' | 'RCPT', command: Buffer): Buffer | undefined {
    const read = readAddressCommand(verb, command.toString('latin1'));
    if ('line' in read) return Buffer.from(read.line, 'latin1');
    this.sendReply(read.reply);
    return undefined;
  }

  /** Whether the command brought arguments, and was answered so. */
  #refuseArguments(command: Buffer, callback: () => void): boolean {
    if (!/\s/.test(command.toString('latin1').trim())) return false;
    this.sendReply(listenerReplies.noArguments);
    callback();
    return true;
  }

  #refuse(say: () => void): void {
    const wait = this._closing || this._closed ? 0 : tarpitWait(this.#errors);
    this.#errors += 1;
    const isLast = this.#errors > MAX_SMTP_ERRORS;
    this.#tarpit.hold(wait, () => {
      say();
      if (isLast) this.sendReply(listenerReplies.tooManyErrors);
    });
  }

  #inspect(chunk: Buffer): void {
    if (this._closing) return;
    this.#lastHeard = this.#clock.now();
    this.#octets += chunk.length;
    const wrong = this.#guard.inspect(chunk);
    if (!wrong) return;
    // `close` shuts the parser before it sees this chunk, so nothing of it is taken for a command or for content.
    this.sendReply(replyToMimeRefusal(wrong));
    this.close();
  }
}
