import type { Direction, Watch } from './wire';

/**
 * When a process is killed while messages go over a wire. `octets`: after so many have passed; `dot`: after the end of
 * the content, before its reply is there; `reply`: the reply is out of the machine, and never arrives; `replied`: the
 * reply has arrived.
 */
export type KillMoment = {
  readonly at: 'octets' | 'dot' | 'reply' | 'replied';
  /** The number of the message that it waits for, from 1. Octets count from the first message. */
  readonly nth: number;
  readonly octets: number;
  /** Milliseconds from there to the kill; a reply that shall not arrive is killed on the spot. */
  readonly delay: number;
};

const END_OF_CONTENT = Buffer.from('\r\n.\r\n');

/** The reply to DATA, which comes behind those to the commands that were sent with it. */
const GO_AHEAD = /^354 /m;

/** Kills at a chosen moment of what passes over any number of connections, once. */
export class KillFuse {
  #octets = 0;
  #contents = 0;
  #replies = 0;
  #isLit = false;
  /** Connections on which content has begun and not ended. */
  readonly #inContent = new Set<Watch>();
  #hasCutContent = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly moment: KillMoment,
    private readonly reply: RegExp,
    private readonly kill: () => void,
  ) {}

  /** Whether the kill came while content was passing. */
  get hasCutContent(): boolean {
    return this.#hasCutContent;
  }

  /** What has passed towards the machine that takes mail. */
  octets(): number {
    return this.#octets;
  }

  /** From now on it kills no process. */
  disarm(): void {
    this.#isLit = true;
    clearTimeout(this.#timer);
  }

  /** For one connection. */
  watch(): Watch {
    let tail = Buffer.alloc(0);
    const watch = (direction: Direction, chunk: Buffer): Buffer => {
      if (direction === 'back') {
        if (GO_AHEAD.test(chunk.toString('latin1'))) this.#inContent.add(watch);
        return this.#back(chunk);
      }
      tail = Buffer.concat([tail, chunk]).subarray(-END_OF_CONTENT.length);
      const isEnd = tail.equals(END_OF_CONTENT);
      const passed = this.#there(chunk, isEnd);
      if (isEnd && passed.length === chunk.length) this.#inContent.delete(watch);
      return passed;
    };
    return watch;
  }

  #there(chunk: Buffer, isEnd: boolean): Buffer {
    // Where octets are cut off, nothing more follows.
    if (this.#isLit && this.moment.at === 'octets') return Buffer.alloc(0);
    const before = this.#octets;
    this.#octets += chunk.length;
    if (isEnd) this.#contents += 1;
    const { at, octets, nth } = this.moment;
    if (at === 'dot' && isEnd && this.#contents === nth) this.#light();
    if (at !== 'octets' || this.#octets < octets) return chunk;
    this.#light();
    return chunk.subarray(0, Math.max(0, octets - before));
  }

  #back(chunk: Buffer): Buffer {
    if (!this.reply.test(chunk.toString('latin1'))) return chunk;
    this.#replies += 1;
    const { at, nth } = this.moment;
    if (this.#replies !== nth || this.#isLit) return chunk;
    if (at === 'replied') this.#light();
    if (at !== 'reply') return chunk;
    this.#isLit = true;
    this.#end();
    return Buffer.alloc(0);
  }

  #light(): void {
    this.#isLit = true;
    this.#timer = setTimeout(() => {
      this.#end();
    }, this.moment.delay);
  }

  #end(): void {
    this.#hasCutContent = this.#inContent.size > 0;
    this.kill();
  }
}
