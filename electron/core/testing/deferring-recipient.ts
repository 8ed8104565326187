import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Stands in for a recipient: a mail server that takes every message whole, keeps it, and answers with one reply. */
export class DeferringRecipient {
  readonly received: Buffer[] = [];
  readonly #server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, answer) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.once('end', () => {
        this.received.push(Buffer.concat(pieces));
        answer(Object.assign(new Error(this.reply.text), { responseCode: this.reply.code }));
      });
    },
  });

  constructor(private readonly reply: { readonly code: number; readonly text: string }) {}

  static async start(reply = { code: 451, text: 'Not now' }): Promise<DeferringRecipient> {
    const recipient = new DeferringRecipient(reply);
    await once(recipient.#server.listen(0, '127.0.0.1'), 'listening');
    return recipient;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
