import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ClientGone } from './client-gone';

/** Octets that wait here before the client must have taken some of them: a reader who does not read costs no more. */
const MAX_WAITING = 64 * 1024;
/** Milliseconds of one stretch of work, after which other connections come in between. */
const STRETCH_MS = 10;

type Flush = (done: () => void) => void;

/**
 * Writes responses, as many at once as go together. `write` only gathers; `flow` sends what has gathered when it is
 * much, waits until the client takes it, and lets others work. Both `flow` and `flush` throw `ClientGone`.
 */
export class ResponseWriter {
  #text = '';
  #waiting: Uint8Array[] = [];
  #octets = 0;
  #since = performance.now();
  #flushTarget: Flush | undefined;

  constructor(
    private target: Writable,
    /** Called when the client has taken something. */
    private readonly progressed: () => void,
  ) {}

  /** A text holds a character for each octet. */
  write(piece: string | Uint8Array): void {
    this.#octets += piece.length;
    if (typeof piece === 'string') {
      this.#text += piece;
      return;
    }
    this.#endText();
    this.#waiting.push(piece);
  }

  async flow(): Promise<void> {
    if (this.#octets >= MAX_WAITING) await this.#send();
    if (performance.now() - this.#since < STRETCH_MS) return;
    await setImmediate();
    this.#since = performance.now();
    if (this.target.destroyed) throw new ClientGone();
  }

  async flush(): Promise<void> {
    if (this.#octets > 0) await this.#send();
    if (this.#flushTarget) await untilClosed(this.target, this.#flushTarget);
  }

  /** What is written from now on goes there. Flush before. `flush`: makes it pass on what it has. */
  switchTo(target: Writable, flush?: Flush): void {
    this.target = target;
    this.#flushTarget = flush;
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#waiting.push(Buffer.from(this.#text, 'latin1'));
    this.#text = '';
  }

  async #send(): Promise<void> {
    this.#endText();
    const octets = this.#waiting.length === 1 && this.#waiting[0] ? this.#waiting[0] : Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#octets = 0;
    const { target } = this;
    if (target.destroyed || target.writableEnded) throw new ClientGone();
    if (!target.write(octets)) await untilClosed(target, (done) => target.once('drain', done));
    this.progressed();
  }
}

/** Waits for an event; throws `ClientGone` when the stream closes instead. */
async function untilClosed(target: Writable, wait: (done: () => void) => void): Promise<void> {
  if (target.destroyed) throw new ClientGone();
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(new ClientGone());
    target.once('close', gone);
    wait(() => {
      target.off('close', gone);
      resolve();
    });
  });
}
