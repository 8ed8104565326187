import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { placeOf, type Door } from './listening-doors';
import { waitFor } from './wait-for';

export type Envelope = { readonly from: string; readonly to: string };

/** A peer that speaks SMTP by hand with a listener of this machine, as tor hands connections over. */
export class SmtpPeer {
  readonly socket: Socket;
  readonly #replies: string[] = [];
  readonly #listeners = new Set<() => void>();
  #taken = 0;
  #rest = '';
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => this.#take(text));
    socket.on('close', () => this.#finish());
    socket.on('end', () => this.#finish());
  }

  /** Connects and takes the greeting. */
  static async to(door: Door): Promise<SmtpPeer> {
    const socket = connect({ ...placeOf(door), allowHalfOpen: true });
    await once(socket, 'connect');
    const peer = new SmtpPeer(socket);
    await peer.reply();
    return peer;
  }

  /** The last line of the next reply; when the connection has ended, an empty text. */
  async reply(): Promise<string> {
    const look = (): string | undefined => this.#replies[this.#taken] ?? (this.#ended ? '' : undefined);
    const reply = await waitFor(look, {
      what: 'a reply',
      changed: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    });
    this.#taken += 1;
    return reply;
  }

  /** Every reply until the connection ends. */
  async rest(): Promise<string[]> {
    const all: string[] = [];
    for (let next = await this.reply(); next !== ''; next = await this.reply()) all.push(next);
    return all;
  }

  ask(command: string): Promise<string> {
    this.socket.write(`${command}\r\n`, 'latin1');
    return this.reply();
  }

  /** Up to the moment at which content may follow. @throws when the listener does not go along */
  async data({ from, to }: Envelope): Promise<void> {
    for (const command of ['EHLO peer.onion', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA']) {
      const reply = await this.ask(command);
      if (!/^[23]/u.test(reply)) throw new Error(`${command}: ${reply}`);
    }
  }

  /** Sends content that ends with a line end, and what ends it; the reply. */
  content(octets: Uint8Array): Promise<string> {
    this.socket.write(Buffer.from(Buffer.from(octets).toString('latin1').replace(/^\./gmu, '..'), 'latin1'));
    this.socket.write('.\r\n');
    return this.reply();
  }

  close(): void {
    this.socket.destroy();
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\r\n');
    this.#rest = lines.pop() ?? '';
    this.#replies.push(...lines.filter((line) => line[3] === ' '));
    for (const listener of [...this.#listeners]) listener();
  }

  #finish(): void {
    this.#ended = true;
    for (const listener of [...this.#listeners]) listener();
  }
}
