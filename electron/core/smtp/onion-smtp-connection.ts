import type { Socket } from 'node:net';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { SMTPServer } from 'smtp-server';
import type { MailAddress } from '../../../shared/ids';
import { MAX_SMTP_CONNECTIONS, MAX_SMTP_ERRORS, SMTP_CONNECTION_TIMEOUT_MS, SMTP_IDLE_TIMEOUT_MS } from '../domain/limits';
import { replyToMimeRefusal } from '../domain/smtp-replies';
import type { Clock, SmtpReply } from '../ports';
import type { Progress } from './choose-slowest';
import { listenerReplies, replyText } from './listener-replies';
import { RawOctetGuard } from './raw-octet-guard';

/** What the commands of one mail have said so far. */
export type SmtpTransaction = {
  readonly mailFrom: MailAddress;
  readonly announcedSize?: number;
  rcptTo?: MailAddress;
  recipients: number;
};

const HAS_ENHANCED_CODE = /^[245]\.\d{1,3}\.\d{1,3} /;

/**
 * One SMTP connection: smtp-server's, and around it a guard over the raw octets, timers that a test can wind, a count of
 * errors, and replies that tell nothing about the software.
 */
export class OnionSmtpConnection extends SMTPConnection {
  readonly #clock: Clock;
  readonly #makeRoom: () => boolean;
  readonly #since: number;
  readonly #guard = new RawOctetGuard();
  #timers: (() => void)[] = [];
  #lastHeard: number;
  #octets = 0;
  #errors = 0;
  #stopping = false;
  #receiving = false;
  transaction: SmtpTransaction | undefined;

  /** `makeRoom` is asked when this is one connection too many, and says whether another has given way. */
  constructor(o: {
    server: SMTPServer;
    socket: Socket;
    options: SMTPConnectionOptions | null | undefined;
    clock: Clock;
    makeRoom: () => boolean;
  }) {
    super(o.server, o.socket, o.options);
    this.#clock = o.clock;
    this.#makeRoom = o.makeRoom;
    this.#since = o.clock.now();
    this.#lastHeard = this.#since;
  }

  /** Greets at once: smtp-server waits a tenth of a second for early talkers, a cost that every honest mail would pay. */
  override init(): void {
    // Before the parser's own listener, so that nothing is parsed that was not looked at.
    this._socket.on('data', (chunk: Buffer) => this.#inspect(chunk));
    this._socket.once('close', () => this.#cancelTimers());
    this.#armIdleTimer(SMTP_IDLE_TIMEOUT_MS);
    this.#armConnectionTimer(SMTP_CONNECTION_TIMEOUT_MS);
    this._setListeners(() => {
      const isOneTooMany = this._server.connections.size > MAX_SMTP_CONNECTIONS;
      if (isOneTooMany && !this.#makeRoom()) return this.sendReply(listenerReplies.tooManyConnections);
      this.connectionReady();
    });
  }

  /** Sends text that brings its enhanced code as it is, and hangs up on a peer that only makes errors. */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const isExact = typeof data === 'string' && HAS_ENHANCED_CODE.test(data);
    super.send(code, data, isExact ? false : context);
    if (code < 400 || code === 421) return;
    this.#errors += 1;
    if (this.#errors > MAX_SMTP_ERRORS) this.sendReply(listenerReplies.tooManyErrors);
  }

  sendReply(reply: SmtpReply): void {
    this.send(reply.code, replyText(reply));
  }

  /** While a message is being stored nobody is idle, and a stop waits for the reply. */
  storing(isStoring: boolean): void {
    this.#receiving = isStoring;
    this.#lastHeard = this.#clock.now();
    if (!isStoring && this.#stopping) setImmediate(() => this.stop());
  }

  progress(): Progress {
    return { ageMs: this.#clock.now() - this.#since, octets: this.#octets, isStoring: this.#receiving };
  }

  /** Gives its place to somebody who may be faster. */
  giveWay(): void {
    this.sendReply(listenerReplies.tooSlow);
    this._socket.destroySoon();
  }

  /** Says 421 and closes without waiting for the peer; a message that is being stored is answered first. */
  stop(): void {
    this.#stopping = true;
    if (this.#receiving) return;
    this.sendReply(listenerReplies.closing);
    this._socket.destroySoon();
  }

  /** A peer that closes its side has said all: answer what is being done, then close ours. */
  override _createParser(): ReturnType<SMTPConnection['_createParser']> {
    const parser = super._createParser();
    parser.on('finish', () => this.close());
    return parser;
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
    this.#notImplemented(callback);
  }

  handler_ETRN(_command: Buffer, callback: () => void): void {
    this.#notImplemented(callback);
  }

  #notImplemented(callback: () => void): void {
    this.send(502, '5.5.1 Not implemented');
    callback();
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

  #armIdleTimer(wait: number): void {
    this.#setTimer(wait, () => {
      const silence = this.#clock.now() - this.#lastHeard;
      if (this.#receiving) this.#armIdleTimer(SMTP_IDLE_TIMEOUT_MS);
      else if (silence < SMTP_IDLE_TIMEOUT_MS) this.#armIdleTimer(SMTP_IDLE_TIMEOUT_MS - silence);
      else this.sendReply(listenerReplies.idle);
    });
  }

  #armConnectionTimer(wait: number): void {
    this.#setTimer(wait, () => {
      if (this.#receiving) this.#armConnectionTimer(SMTP_IDLE_TIMEOUT_MS);
      else this.sendReply(listenerReplies.tooLong);
    });
  }

  #setTimer(wait: number, run: () => void): void {
    const cancel = this.#clock.setTimer(wait, () => {
      this.#timers = this.#timers.filter((timer) => timer !== cancel);
      run();
    });
    this.#timers.push(cancel);
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
  }
}
