import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Stands in for a recipient: a mail server that takes every message whole, keeps it, and answers 451. */
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
        answer(Object.assign(new Error('Not now'), { responseCode: 451 }));
      });
    },
  });

  static async start(): Promise<DeferringRecipient> {
    const recipient = new DeferringRecipient();
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
