import type { SMTPServerDataStream } from 'smtp-server';
import { MAX_APPEND_OCTETS } from '../../domain/client-limits';
import type { SmtpReply } from '../../domain/refusals';
import type { SubmissionAccount } from '../../ports/submission';
import { listenerReplies } from '../listener-replies';
import { MessageCollector } from '../message-collector';
import type { OctetBudget } from '../receiving-budget';
import type { LetterEnvelope, SubmissionConnection } from './submission-connection';
import { submissionReplies } from './submission-replies';

type Receiving = {
  readonly budget: OctetBudget;
  readonly connection: SubmissionConnection;
  readonly account: SubmissionAccount;
  readonly envelope: LetterEnvelope;
  /** Called once, or never when the program goes away before the final dot. */
  readonly answer: (reply: SmtpReply) => void;
};

const refusals = {
  'too-large': listenerReplies.tooLarge,
  'past-room': listenerReplies.tooLarge,
  'no-memory': submissionReplies.noRoomNow,
} as const;

/** The octets of one letter after DATA, until the reply. Made for one letter. */
export class LetterReceiver {
  readonly #o: Receiving;
  readonly #collector: MessageCollector;
  #refusal: SmtpReply | undefined;
  /** Octets that were read past a refusal, so that the program gets to read it. */
  #drained = 0;
  #isOver = false;

  constructor(o: Receiving) {
    this.#o = o;
    this.#collector = new MessageCollector({ budget: o.budget, room: MAX_APPEND_OCTETS });
  }

  read(stream: SMTPServerDataStream): void {
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', () => this.#finish());
    stream.on('close', () => {
      if (!stream.readableEnded) this.#finish();
    });
    stream.on('end', () => void this.#complete());
  }

  #take(chunk: Buffer): void {
    if (this.#refusal) return this.#drain(chunk, this.#refusal);
    const outcome = this.#collector.add(chunk);
    if (outcome === 'added') return;
    this.#refusal = refusals[outcome];
    this.#collector.release();
  }

  #drain(chunk: Buffer, refusal: SmtpReply): void {
    this.#drained += chunk.length;
    if (this.#drained <= MAX_APPEND_OCTETS || this.#isOver) return;
    this.#o.connection.sendReply(refusal);
    this.#o.connection.close();
    this.#finish();
  }

  async #complete(): Promise<void> {
    if (this.#isOver) return;
    const { connection, answer } = this.#o;
    if (this.#refusal) {
      this.#finish();
      answer(this.#refusal);
      return;
    }
    connection.storing(true);
    const reply = await this.#submit();
    this.#finish();
    if (reply.code === 250) connection.sent();
    answer(reply);
    connection.storing(false);
  }

  async #submit(): Promise<SmtpReply> {
    const { account, envelope } = this.#o;
    try {
      return await account.submit({ ...envelope, octets: await this.#collector.takeMessage() });
    } catch {
      return listenerReplies.failed;
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#collector.release();
  }
}
