import type { Socket } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import { SMTP_SETUP_TIMEOUT_MS } from '../domain/limits';
import type { Clock } from '../ports/runtime';
import { ReplyReader } from './reply-reader';
import { NOBODY } from './send-outcome';

/** One ETRN (RFC 1985) over a socket that is connected already; ends with a closed socket. */
export class QueueRunRequest {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #replies: ReplyReader;

  constructor(o: { clock: Clock; socket: Socket; signal: AbortSignal }) {
    this.#clock = o.clock;
    this.#socket = o.socket;
    this.#signal = o.signal;
    this.#replies = new ReplyReader(o.socket);
  }

  /**
   * Never rejects. `asked` says only that the peer took the command: its reply is the same whether it keeps anything.
   */
  async run(node: OnionHost): Promise<'asked' | 'unreachable'> {
    const give = (): void => void this.#socket.destroy();
    const cancel = this.#clock.setTimer(SMTP_SETUP_TIMEOUT_MS, give);
    this.#signal.addEventListener('abort', give, { once: true });
    if (this.#signal.aborted) give();
    const isAsked = await this.#ask(node);
    cancel();
    this.#signal.removeEventListener('abort', give);
    // QUIT leaves, and the reply to it is not waited for.
    if (!this.#socket.destroyed) this.#socket.end('QUIT\r\n');
    this.#socket.destroySoon();
    return isAsked ? 'asked' : 'unreachable';
  }

  async #ask(node: OnionHost): Promise<boolean> {
    if ((await this.#replies.next()) !== 220) return false;
    if ((await this.#say(`EHLO ${NOBODY}`)) !== 250) return false;
    const code = await this.#say(`ETRN ${node}`);
    // 250 to 253, RFC 1985 5.2.
    return code !== undefined && code >= 250 && code <= 253;
  }

  #say(line: string): Promise<number | undefined> {
    this.#socket.write(`${line}\r\n`);
    return this.#replies.next();
  }
}
