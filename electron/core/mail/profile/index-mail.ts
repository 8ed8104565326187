import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { Unsubscribe } from '../../ports/runtime';
import { MINUTE_MS } from '../../domain/time';
import type { Mailbox, Services } from '../mailbox';
import type { Part } from './parts';

/** Milliseconds between two steps, in which everything else gets its turn. */
const PAUSE_MS = 20;

/** Events behind which a message may have words that are not in the index. */
const WRITTEN: ReadonlySet<CoreEvent['type']> = new Set(['message.stored', 'message.changed']);

/**
 * Brings mail up to date that is long, or that an earlier version kept, a few messages at a time: its words in the
 * index, and its place in whole conversations. A mailbox of 100,000 opens at once, is searched all the while, and goes
 * on where it was after a kill.
 */
export class MailIndexer implements Part {
  readonly name = 'index';
  readonly #unsubscribe: Unsubscribe;
  #cancelTimer: Unsubscribe | undefined;

  /** Reads the store, which may throw; then nothing waits. */
  constructor(
    private readonly services: Pick<Services, 'clock' | 'events' | 'log'>,
    private readonly mailbox: Pick<Mailbox, 'search'>,
  ) {
    this.#wake();
    this.#unsubscribe = services.events.subscribe(({ type }) => {
      if (WRITTEN.has(type)) this.#wake();
    });
  }

  close(): void {
    this.#unsubscribe();
    this.#cancelTimer?.();
  }

  #wake(): void {
    if (this.#cancelTimer === undefined && !this.mailbox.search.isIndexed()) this.#goOn(PAUSE_MS);
  }

  #goOn(after: number): void {
    // A step may have said what it changed, and waked itself.
    this.#cancelTimer?.();
    this.#cancelTimer = this.services.clock.setTimer(after, () => {
      this.#cancelTimer = undefined;
      this.#step();
    });
  }

  #step(): void {
    try {
      if (this.mailbox.search.indexRest()) this.#goOn(PAUSE_MS);
    } catch {
      // A full disk, for instance. What is indexed stays so.
      this.services.log.error('index.not-written');
      this.#goOn(MINUTE_MS);
    }
  }
}
