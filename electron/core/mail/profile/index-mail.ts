import type { Unsubscribe } from '../../ports/runtime';
import { MINUTE_MS } from '../../domain/time';
import type { Mailbox, Services } from '../mailbox';
import type { Part } from './parts';

/** Milliseconds between two steps, in which everything else gets its turn. */
const PAUSE_MS = 20;

/**
 * Brings mail that an earlier version kept up to date, a few messages at a time: its words in the index, and its place
 * in whole conversations. A mailbox of 100,000 opens at once, is searched all the while, and goes on where it was after
 * a kill.
 */
export class MailIndexer implements Part {
  readonly name = 'index';
  #cancelTimer: Unsubscribe = () => undefined;

  /** Reads the store, which may throw; then nothing waits. */
  constructor(
    private readonly services: Pick<Services, 'clock' | 'log'>,
    private readonly mailbox: Pick<Mailbox, 'search'>,
  ) {
    if (!mailbox.search.isIndexed()) this.#goOn(PAUSE_MS);
  }

  close(): void {
    this.#cancelTimer();
  }

  #goOn(after: number): void {
    this.#cancelTimer = this.services.clock.setTimer(after, () => {
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
