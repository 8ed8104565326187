import { setImmediate } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES } from '../domain/limits';
import type { OctetBudget } from './receiving-budget';

const FIRST_BLOCK = 16 * 1024;
const LARGEST_BLOCK = 1024 * 1024;

/**
 * Gathers one message in blocks that grow, so that a message sent a few octets at a time costs no more memory than
 * another; every block is taken from the budget before it is made.
 */
export class MessageCollector {
  readonly #budget: OctetBudget;
  readonly #room: number;
  #blocks: Buffer[] = [];
  #used = 0;
  #paid = 0;
  #length = 0;

  /** `room`: octets that the recipient takes at most. */
  constructor(o: { budget: OctetBudget; room?: number | undefined }) {
    this.#budget = o.budget;
    this.#room = o.room ?? MAX_MESSAGE_BYTES;
  }

  get length(): number {
    return this.#length;
  }

  /** Takes the chunk in, or says why it does not fit; after that the message is lost and only `release` makes sense. */
  add(chunk: Uint8Array): 'added' | 'too-large' | 'past-room' | 'no-memory' {
    if (this.#length + chunk.length > MAX_MESSAGE_BYTES) return 'too-large';
    if (this.#length + chunk.length > this.#room) return 'past-room';
    let rest = chunk;
    while (rest.length > 0) {
      const block = this.#blockWithRoom();
      if (!block) return 'no-memory';
      const part = rest.subarray(0, block.length - this.#used);
      block.set(part, this.#used);
      this.#used += part.length;
      this.#length += part.length;
      rest = rest.subarray(part.length);
    }
    return 'added';
  }

  /**
   * The whole message, put together block by block so that 54 MB hold up nobody; the blocks are freed, but the budget
   * gets their octets back only at `release`.
   */
  async takeMessage(): Promise<Buffer> {
    const message = Buffer.allocUnsafeSlow(this.#length);
    const blocks = this.#blocks;
    this.#blocks = [];
    let at = 0;
    for (const block of blocks) {
      at += block.copy(message, at, 0, Math.min(block.length, message.length - at));
      if (block.length === LARGEST_BLOCK) await setImmediate();
    }
    return message;
  }

  release(): void {
    this.#budget.give(this.#paid);
    this.#paid = 0;
    this.#blocks = [];
  }

  #blockWithRoom(): Buffer | undefined {
    const last = this.#blocks.at(-1);
    if (last && this.#used < last.length) return last;
    const size = last ? Math.min(last.length * 2, LARGEST_BLOCK) : FIRST_BLOCK;
    if (!this.#budget.take(size)) return undefined;
    this.#paid += size;
    const block = Buffer.allocUnsafeSlow(size);
    this.#blocks.push(block);
    this.#used = 0;
    return block;
  }
}
