import type { Socket } from 'node:net';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { SMTPServer } from 'smtp-server';
import { present } from '../../../shared/present';
import { MAX_SMTP_ERRORS } from '../domain/limits';
import { replyToMimeRefusal } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import type { Clock } from '../ports/runtime';
import { type AddressVerb, type MailParameters, readAddressCommand } from './address-command';
import type { Progress } from './choose-who-gives-way';
import { ConnectionTimers } from './connection-timers';
import { listenerReplies, replyText } from './listener-replies';
import { RawOctetGuard } from './raw-octet-guard';
import { Tarpit, tarpitWait } from './tarpit';

export type GuardedOptions = {
  readonly server: SMTPServer;
  readonly socket: Socket;
  readonly options: SMTPConnectionOptions | null | undefined;
  readonly clock: Clock;
};

/** What a further refusal costs its peer: how long its reply waits, and after how many one is hung up on. */
type RefusalCost = { readonly waitMs: number; readonly most: number };

const HAS_ENHANCED_CODE = /^[245]\.\d{1,3}\.\d{1,3} /;

/**
 * One SMTP connection: smtp-server's, and around it a guard over the raw octets, timers that a test can drive, a tarpit
 * for peers that err, and replies that tell nothing about the software.
 */
export class GuardedConnection extends SMTPConnection {
  readonly #clock: Clock;
  readonly #since: number;
  readonly #tarpit: Tarpit;
  #timers: ConnectionTimers | undefined;
  #lastHeard: number;
  #octets = 0;
  #errors = 0;
  #stopping = false;
  #receiving = false;
  /** Lines of the reply to EHLO that smtp-server does not know. */
  protected readonly features: readonly string[] = [];
  /** Parameters of MAIL that EHLO offers. */
  protected readonly mailParameters: MailParameters | undefined;

  constructor(o: GuardedOptions) {
    super(o.server, o.socket, o.options);
    this.#clock = o.clock;
    this.#tarpit = new Tarpit(o.clock);
    this.#since = o.clock.now();
    this.#lastHeard = this.#since;
  }

  /**
   * Greets at once: smtp-server waits a tenth of a second for early talkers, a cost that every honest mail would pay.
   */
  override init(): void {
    // Before the parser's own listener, so that nothing is parsed that was not looked at.
    this.watch(this._socket);
    this.#timers = new ConnectionTimers({
      clock: this.#clock,
      lastHeard: () => this.#lastHeard,
      isStoring: () => this.#receiving,
      idle: () => this.sendReply(listenerReplies.idle),
      tooLong: () => this.sendReply(listenerReplies.tooLong),
    });
    this._setListeners(() => this.connectionReady());
  }

  /** Looks at all octets that this socket brings from now on. */
  watch(socket: Socket): void {
    const guard = new RawOctetGuard();
    socket.on('data', (chunk: Buffer) => this.#inspect(guard, chunk));
    // smtp-server only writes while both sides are open; a peer that has closed its own still waits for the reply.
    Object.defineProperty(socket, 'readyState', { get: () => (socket.writable ? 'open' : 'closed') });
  }

  override _onClose(): void {
    this.#timers?.cancel();
    this.#tarpit.drop();
    super._onClose();
  }

  /**
   * Sends text that brings its enhanced code as it is. Each further refusal waits longer, and in the end a peer that
   * only makes errors is hung up on.
   */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const isExact = typeof data === 'string' && HAS_ENHANCED_CODE.test(data);
    // Only the reply to EHLO has several lines: the features.
    const lines = Array.isArray(data) ? [...data, ...this.features] : data;
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
    if (!this.refuseArguments(command, callback)) super.handler_RSET(command, callback);
  }

  override handler_QUIT(command: Buffer, callback: () => void): void {
    if (!this.refuseArguments(command, callback)) super.handler_QUIT(command, callback);
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (!this.refuseArguments(command, callback)) super.handler_DATA(command, callback);
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

  /** @param earlier refusals on this connection so far */
  protected costOfRefusal(earlier: number): RefusalCost {
    return { waitMs: tarpitWait(earlier), most: MAX_SMTP_ERRORS };
  }

  /** Whether the command brought arguments, and was answered so. */
  protected refuseArguments(command: Buffer, callback: () => void): boolean {
    if (!/\s/.test(command.toString('latin1').trim())) return false;
    this.sendReply(listenerReplies.noArguments);
    callback();
    return true;
  }

  /** The command in its plain form; undefined when it was answered with a refusal. */
  #readAddress(verb: AddressVerb, command: Buffer): Buffer | undefined {
    const read = readAddressCommand(
      { verb, ...present({ parameters: this.mailParameters }) },
      command.toString('latin1'),
    );
    if ('line' in read) return Buffer.from(read.line, 'latin1');
    this.sendReply(read.reply);
    return undefined;
  }

  #refuse(say: () => void): void {
    const { waitMs, most } = this.costOfRefusal(this.#errors);
    this.#errors += 1;
    const isLast = this.#errors > most;
    this.#tarpit.hold(this._closing || this._closed ? 0 : waitMs, () => {
      say();
      if (isLast) this.sendReply(listenerReplies.tooManyErrors);
    });
  }

  #inspect(guard: RawOctetGuard, chunk: Buffer): void {
    if (this._closing) return;
    this.#lastHeard = this.#clock.now();
    this.#octets += chunk.length;
    const wrong = guard.inspect(chunk);
    if (!wrong) return;
    // `close` shuts the parser before it sees this chunk, so nothing of it is taken for a command or for content.
    this.sendReply(replyToMimeRefusal(wrong));
    this.close();
  }
}
