import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailAddress, OnionHost } from '../../../shared/ids';
import {
  MAX_SMTP_REPLY_BYTES,
  SMTP_CONNECTION_TIMEOUT_MS,
  SMTP_FINAL_REPLY_TIMEOUT_MS,
  SMTP_IDLE_TIMEOUT_MS,
  SMTP_SETUP_TIMEOUT_MS,
} from '../domain/limits';
import type { SendOutcome } from '../domain/delivery-outcome';
import type { Clock } from '../ports/runtime';
import { PacedSource } from './paced-source';
import { deferred, NOBODY, outcomeOfReply, textOfReply } from './send-outcome';

/** nodemailer's own timers are set past ours, which follow the core's clock. */
const LIBRARY_TIMEOUT_MS = 2 * SMTP_CONNECTION_TIMEOUT_MS;

export type Transfer = {
  readonly from: MailAddress | null;
  readonly to: string;
  readonly greeting?: OnionHost;
  readonly raw: Uint8Array;
  readonly progressed: (octets: number) => void;
  readonly signal: AbortSignal;
};

/** One mail transaction over a socket that is connected already; ends in exactly one outcome and a closed socket. */
export class SmtpTransfer {
  readonly #clock: Clock;
  readonly #transfer: Transfer;
  readonly #socket: Socket;
  readonly #connection: SMTPConnection;
  #settle: (outcome: SendOutcome) => void = () => undefined;
  #cancelTimer: () => void = () => undefined;
  #cancelLimit: () => void = () => undefined;
  #source: PacedSource | undefined;

  constructor(o: { clock: Clock; transfer: Transfer; socket: Socket }) {
    this.#clock = o.clock;
    this.#transfer = o.transfer;
    this.#socket = o.socket;
    // nodemailer listens only while it is connected; an error that comes later must not end the process.
    o.socket.on('error', () => undefined);
    this.#connection = new SMTPConnection({
      connection: o.socket,
      name: greetingOf(o.transfer),
      host: 'localhost',
      ignoreTLS: true,
      logger: false,
      maxResponseSize: MAX_SMTP_REPLY_BYTES,
      connectionTimeout: LIBRARY_TIMEOUT_MS,
      greetingTimeout: LIBRARY_TIMEOUT_MS,
      socketTimeout: LIBRARY_TIMEOUT_MS,
    });
  }

  /** Never rejects: what the network or the peer does is an outcome. */
  run(): Promise<SendOutcome> {
    const interrupt = (): void => this.#settle(deferred('interrupted'));
    return new Promise<SendOutcome>((resolve) => {
      this.#settle = resolve;
      this.#transfer.signal.addEventListener('abort', interrupt, { once: true });
      this.#cancelLimit = this.#clock.setTimer(SMTP_CONNECTION_TIMEOUT_MS, () => this.#settle(deferred('timed-out')));
      this.#allow(SMTP_SETUP_TIMEOUT_MS);
      this.#start();
    }).then((outcome) => {
      this.#transfer.signal.removeEventListener('abort', interrupt);
      this.#finish(outcome);
      return outcome;
    });
  }

  #start(): void {
    // Errors without a callback of their own; also swallows those after the outcome is known.
    this.#connection.on('error', (error: Error) => this.#fail(error));
    this.#connection.on('end', () => this.#settle(deferred('interrupted')));
    this.#connection.connect((error) => (error ? this.#fail(error) : this.#sendMail()));
  }

  #sendMail(): void {
    const { from, to, raw } = this.#transfer;
    this.#source = new PacedSource({ raw, socket: this.#socket, onProgress: (octets) => this.#moved(octets) });
    this.#connection.send({ from: from ?? '', to: [to], size: raw.length }, this.#source, (error, info) => {
      if (error) return this.#fail(error);
      // A peer that accepts the mail before all of it was sent does not have it.
      const isHeard = this.#source?.isDrained === true;
      this.#settle(isHeard ? { outcome: 'delivered', reply: textOfReply(info.response) } : deferred('interrupted'));
    });
  }

  #moved(octets: number): void {
    this.#allow(this.#source?.isDrained ? SMTP_FINAL_REPLY_TIMEOUT_MS : SMTP_IDLE_TIMEOUT_MS);
    this.#transfer.progressed(octets);
  }

  #fail(error: Error & { readonly code?: string | undefined; readonly response?: unknown }): void {
    // nodemailer itself compares with the SIZE that the peer announced.
    const isOverSize = error.code === 'EMESSAGE' && error.response === undefined;
    if (isOverSize) return this.#settle({ outcome: 'refused', reason: 'too-large', code: 552, about: 'message' });
    this.#settle(outcomeOfReply(typeof error.response === 'string' ? error.response : undefined));
  }

  /** Starts the timer anew: the peer must make progress before it ends. */
  #allow(milliseconds: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(milliseconds, () => this.#settle(deferred('timed-out')));
  }

  #finish(outcome: SendOutcome): void {
    this.#cancelTimer();
    this.#cancelLimit();
    this.#source?.destroy();
    if (outcome.outcome === 'delivered') {
      this.#transfer.progressed(this.#transfer.raw.length);
      this.#connection.quit();
      // QUIT leaves, and the reply to it is not waited for.
      this.#connection.close();
      return;
    }
    this.#connection.close();
    this.#socket.destroy();
  }
}

/** A sender who is not named may stand in no command, and neither may their onion. */
function greetingOf({ from, greeting }: Transfer): string {
  if (greeting !== undefined) return greeting;
  return from === null ? NOBODY : from.slice(from.lastIndexOf('@') + 1);
}
