import type { SMTPServerDataStream } from 'smtp-server';
import { present } from '../../../shared/present';
import { MAX_MESSAGE_BYTES } from '../domain/limits';
import type { SmtpReply } from '../domain/refusals';
import type { Log, Random } from '../ports/runtime';
import type { SmtpHandler } from '../ports/smtp';
import { listenerReplies } from './listener-replies';
import { MessageCollector } from './message-collector';
import type { OnionSmtpConnection, SmtpTransaction } from './onion-smtp-connection';
import type { ReceivingBudget } from './receiving-budget';

/** Octets between two reports of progress. */
const PROGRESS_STEP = 256 * 1024;

/** Octets of a refused message that are read and dropped, so that its sender gets to read the reply. */
const MAX_DRAINED = MAX_MESSAGE_BYTES;

export type DataServices = {
  readonly handler: SmtpHandler;
  readonly budget: ReceivingBudget;
  readonly random: Pick<Random, 'uuid'>;
  readonly log: Log;
};

/** A transaction whose recipient is known. */
export type ContentTransaction = SmtpTransaction & Required<Pick<SmtpTransaction, 'rcptTo'>>;

const refusals = {
  'too-large': listenerReplies.tooLarge,
  'past-room': listenerReplies.noRoomForRecipient,
  'no-memory': listenerReplies.noRoomNow,
} as const;

/** Content after DATA, from the first octet until the reply. Made for one message. */
export class DataReceiver {
  readonly #services: DataServices;
  readonly #connection: OnionSmtpConnection;
  readonly #transaction: ContentTransaction;
  readonly #collector: MessageCollector;
  readonly #transferId: string;
  readonly #answer: (reply: SmtpReply) => void;
  readonly #over: () => void;
  #refusal: SmtpReply | undefined;
  #drained = 0;
  #reported = 0;
  #isOver = false;

  /** `over` is called once, when nothing of the message is kept in memory any more. */
  constructor(o: {
    services: DataServices;
    connection: OnionSmtpConnection;
    transaction: ContentTransaction;
    answer: (reply: SmtpReply) => void;
    over: () => void;
  }) {
    this.#services = o.services;
    this.#connection = o.connection;
    this.#transaction = o.transaction;
    this.#answer = o.answer;
    this.#over = o.over;
    const { budget } = o.services;
    this.#collector = new MessageCollector({
      budget: o.transaction.isKnown ? budget : budget.strangers,
      room: o.transaction.room,
    });
    this.#transferId = o.services.random.uuid();
  }

  /** Reads the stream; the answer is given exactly once, or never when the peer goes away before the final dot. */
  read(stream: SMTPServerDataStream): void {
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', () => this.#finish());
    stream.on('close', () => {
      if (!stream.readableEnded) this.#finish();
    });
    stream.on('end', () => void this.#complete());
  }

  #take(chunk: Buffer): void {
    if (this.#refusal) {
      this.#drain(chunk);
      return;
    }
    const outcome = this.#collector.add(chunk);
    if (outcome === 'added') {
      this.#report();
      return;
    }
    this.#refusal = refusals[outcome];
    this.#collector.release();
    this.#services.log.warn('smtp.content-refused', { tooLarge: outcome === 'too-large' });
  }

  #drain(chunk: Buffer): void {
    this.#drained += chunk.length;
    if (this.#drained <= MAX_DRAINED || this.#isOver) return;
    this.#connection.sendReply(this.#refusal ?? listenerReplies.tooLarge);
    this.#connection.close();
    this.#finish();
  }

  async #complete(): Promise<void> {
    if (this.#isOver) return;
    if (this.#refusal) {
      this.#refuse(this.#refusal);
      return;
    }
    this.#connection.storing(true);
    const reply = await this.#store();
    this.#finish();
    this.#answer(reply);
    this.#connection.storing(false);
  }

  #refuse(reply: SmtpReply): void {
    this.#finish();
    this.#answer(reply);
    // A peer that goes on past the announced limit gets no second message.
    if (reply.code >= 500) this.#connection.close();
  }

  async #store(): Promise<SmtpReply> {
    const { mailFrom, rcptTo } = this.#transaction;
    try {
      return await this.#services.handler.receive({
        mailFrom,
        rcptTo,
        transferId: this.#transferId,
        raw: await this.#collector.takeMessage(),
      });
    } catch {
      this.#services.log.error('smtp.receive-failed');
      return listenerReplies.failed;
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#collector.release();
    this.#over();
    this.#progressed(true);
  }

  #report(): void {
    if (this.#collector.length - this.#reported < PROGRESS_STEP) return;
    this.#reported = this.#collector.length;
    this.#progressed(false);
  }

  #progressed(done: boolean): void {
    const { announcedSize } = this.#transaction;
    const total = present({ total: announcedSize });
    try {
      this.#services.handler.progressed({
        transferId: this.#transferId,
        bytes: this.#collector.length,
        ...total,
        done,
      });
    } catch {
      // Progress is only shown; mail does not depend on it.
      this.#services.log.error('smtp.progress-failed');
    }
  }
}
