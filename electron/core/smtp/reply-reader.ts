import type { Socket } from 'node:net';
import { MAX_SMTP_REPLY_BYTES } from '../domain/limits';

/** One whole reply: continuation lines, then the last one (RFC 5321 4.2.1). */
const REPLY = /^(?:\d{3}-[^\r\n]*\r\n)*(\d{3})(?: [^\r\n]*)?\r\n/;

/**
 * The codes of the replies that come over a socket. Keeps no more than one reply may be long; a peer that says more is
 * hung up on.
 */
export class ReplyReader {
  readonly #socket: Socket;
  #unread = '';
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => undefined);
    socket.on('end', () => void socket.destroy());
    socket.on('close', () => this.#wake());
  }

  /** Undefined when the peer goes away, or sends something else than a reply. */
  async next(): Promise<number | undefined> {
    for (;;) {
      const reply = REPLY.exec(this.#unread);
      if (reply) {
        this.#unread = this.#unread.slice(reply[0].length);
        return Number(reply[1]);
      }
      if (this.#socket.destroyed || !isBegunReply(this.#unread)) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #take(chunk: Buffer): void {
    this.#unread += chunk.toString('latin1');
    if (this.#unread.length > MAX_SMTP_REPLY_BYTES) {
      this.#unread = '';
      this.#socket.destroy();
    }
    this.#wake();
  }
}

/** Whether this can become a reply. A web server's answer never can, and waiting for its end would last for ever. */
function isBegunReply(text: string): boolean {
  return /^\d{0,3}$/.test(text) || /^\d{3}[ \-\r]/.test(text);
}
