import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import { MAX_TARPIT_MS } from '../domain/limits';
import type { LocalDoor } from '../ports/local-server';
import { placeOf, type LoopbackNetwork } from './loopback-onion';
import type { SettableClock } from './settable-clock';

/** Replies to the four steps of one mail; the steps after a refusal are not made. */
export type Conversation = {
  readonly mailFrom: string;
  readonly rcptTo?: string;
  readonly data?: string;
  readonly content?: string;
};

/** A peer at a core's listener that says whatever a test wants, line by line. */
export class SmtpPeer {
  #unread = '';
  #ended = false;
  #wake: () => void = () => undefined;
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    // As mail programs do; else every small write waits for an acknowledgement.
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#unread += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    void this.closed.then(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Connected, and nothing read yet. */
  static async connected(door: LocalDoor, options: { allowHalfOpen?: boolean } = {}): Promise<SmtpPeer> {
    const socket = connect({ ...placeOf(door), ...options });
    const peer = new SmtpPeer(socket);
    await once(socket, 'connect');
    return peer;
  }

  /** Connected, greeted and introduced. */
  static async introduced(door: LocalDoor, greeting = 'peer.invalid'): Promise<SmtpPeer> {
    return (await SmtpPeer.connected(door)).#introduce(greeting);
  }

  /** As `introduced`, at an onion of a core. */
  static async at(network: LoopbackNetwork, onion: OnionHost): Promise<SmtpPeer> {
    const dialled = await network.dial(onion, 25);
    if (dialled.outcome === 'failed') throw new Error(`The listener cannot be reached: ${dialled.failure}`);
    return new SmtpPeer(dialled.socket).#introduce('peer.invalid');
  }

  write(data: string | Uint8Array): void {
    this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  }

  ask(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next whole reply, or '' when the connection is closed before one. */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r\n/.exec(this.#unread);
      if (match) {
        this.#unread = this.#unread.slice(match[0].length);
        return match[0].trimEnd();
      }
      if (this.#ended) return '';
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** All replies until the connection is closed. */
  async rest(): Promise<string[]> {
    const replies: string[] = [];
    for (let reply = await this.reply(); reply !== ''; reply = await this.reply()) replies.push(reply);
    return replies;
  }

  async transact(o: { from: string; to: string; raw: Uint8Array; size?: number }): Promise<Conversation> {
    const mailFrom = await this.ask(`MAIL FROM:<${o.from}>${o.size === undefined ? '' : ` SIZE=${String(o.size)}`}`);
    if (!mailFrom.startsWith('250')) return { mailFrom };
    const rcptTo = await this.ask(`RCPT TO:<${o.to}>`);
    if (!rcptTo.startsWith('250')) return { mailFrom, rcptTo };
    const data = await this.ask('DATA');
    if (!data.startsWith('354')) return { mailFrom, rcptTo, data };
    const text = Buffer.from(o.raw).toString('latin1').replace(/^\./gm, '..');
    this.write(text.endsWith('\r\n') ? text : `${text}\r\n`);
    return { mailFrom, rcptTo, data, content: await this.ask('.') };
  }

  close(): void {
    this.socket.destroy();
  }

  async #introduce(greeting: string): Promise<this> {
    await this.reply();
    await this.ask(`EHLO ${greeting}`);
    return this;
  }
}

/** Winds the clock on whenever a held back reply is the next thing due, until the promise is settled. */
export async function throughTarpit<T>(clock: SettableClock, awaited: Promise<T>): Promise<T> {
  const turn = Symbol('turn');
  for (;;) {
    const first = await Promise.race([awaited, new Promise<typeof turn>((resolve) => setImmediate(resolve, turn))]);
    if (first !== turn) return first;
    const wait = clock.untilNextTimer();
    if (wait !== undefined && wait <= MAX_TARPIT_MS) clock.advance(wait);
  }
}
