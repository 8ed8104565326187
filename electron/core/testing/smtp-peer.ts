import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import type { LoopbackNetwork } from './loopback-onion';

/** Replies to the four steps of one mail; the steps after a refusal are not made. */
export type Conversation = { readonly mailFrom: string; readonly rcptTo?: string; readonly data?: string; readonly content?: string };

/** A peer at a core's listener that says whatever a test wants, line by line. */
export class SmtpPeer {
  #unread = '';
  #ended = false;
  #wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#unread += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    void once(socket, 'close').then(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Connected, greeted and introduced. */
  static async at(network: LoopbackNetwork, onion: OnionHost): Promise<SmtpPeer> {
    const dialled = await network.dial(onion, 25);
    if (dialled.outcome === 'failed') throw new Error(`The listener cannot be reached: ${dialled.failure}`);
    const peer = new SmtpPeer(dialled.socket);
    await peer.reply();
    await peer.ask('EHLO peer.invalid');
    return peer;
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
}
