import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A step of a transaction, and what is answered to it, code first; 'break': the connection ends without an answer. */
type Judgement = { readonly at: 'MAIL' | 'RCPT' | 'DATA'; readonly reply: string };

type Done = (error?: Error | null) => void;

/**
 * Stands in for a recipient that takes some messages and not others: a mail server that asks a test at each step what
 * it answers. At MAIL and RCPT nobody knows yet which message comes.
 */
export class JudgingRecipient {
  /** What was offered, and how it was answered. */
  readonly offers: { readonly subject: string; readonly reply: string }[] = [];
  #judge: (subject: string) => Judgement | undefined = () => undefined;
  #offered: () => void = () => undefined;
  readonly #server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true,
    size: 64 * 1024 * 1024,
    onMailFrom: (_address, _session, done) => {
      this.#answerEarly('MAIL', done);
    },
    onRcptTo: (_address, _session, done) => {
      this.#answerEarly('RCPT', done);
    },
    onData: (stream, _session, answer) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.once('end', () => {
        const subject = this.name.exec(Buffer.concat(pieces).toString('latin1'))?.[1]?.trim() ?? '';
        const judged = this.#judge(subject);
        this.#note(subject, judged?.reply ?? '250');
        if (judged?.reply === 'break') this.#cut();
        else answer(judged && errorOf(judged.reply));
      });
    },
  });

  private constructor(private readonly name: RegExp) {}

  /** `name`: what tells one message from another. */
  static async start(name = /^Subject: (.*)$/m): Promise<JudgingRecipient> {
    const recipient = new JudgingRecipient(name);
    recipient.#server.on('error', () => undefined);
    await once(recipient.#server.listen(0, '127.0.0.1'), 'listening');
    return recipient;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** From now on messages are answered so; undefined: taken. Without a subject the question is about MAIL or RCPT. */
  judge(judge: (subject: string) => Judgement | undefined): void {
    this.#judge = judge;
    this.offers.length = 0;
  }

  /** Resolves when so many messages were offered since the last `judge`. */
  async offered(count: number): Promise<void> {
    while (this.offers.length < count)
      await new Promise<void>((resolve) => {
        this.#offered = resolve;
      });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #answerEarly(step: 'MAIL' | 'RCPT', done: Done): void {
    const judged = this.#judge('');
    if (judged?.at !== step) return done();
    this.#note('', judged.reply);
    if (judged.reply === 'break') this.#cut();
    else done(errorOf(judged.reply));
  }

  #note(subject: string, reply: string): void {
    this.offers.push({ subject, reply });
    this.#offered();
  }

  #cut(): void {
    for (const connection of this.#server.connections) connection._socket.destroy();
  }
}

function errorOf(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
