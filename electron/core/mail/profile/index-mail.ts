import type { CoreEvent } from '../../../../shared/contract/core-events';
import { PosthornError } from '../../../../shared/errors';
import type { Mime } from '../../ports/mime';
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
 * index, and its place in whole conversations; then the words within files, one file at a time, each read in a thread
 * apart and never before its sender was answered. A mailbox of 100,000 opens at once, is searched all the while, and
 * goes on where it was after a kill.
 */
export class MailIndexer implements Part {
  readonly name = 'index';
  readonly #unsubscribe: Unsubscribe;
  #cancelTimer: Unsubscribe | undefined;
  /** A file is being read. */
  #isReading = false;
  #isClosed = false;

  /** Reads the store, which may throw; then nothing waits. */
  constructor(
    private readonly services: Pick<Services, 'clock' | 'events' | 'log' | 'mime'>,
    private readonly mailbox: Pick<Mailbox, 'search'>,
  ) {
    this.#wake();
    this.#unsubscribe = services.events.subscribe(({ type }) => {
      if (WRITTEN.has(type)) this.#wake();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#cancelTimer?.();
  }

  #wake(): void {
    const { search } = this.mailbox;
    if (this.#cancelTimer !== undefined || this.#isReading) return;
    if (!search.isIndexed() || search.hasUnreadFiles()) this.#goOn(PAUSE_MS);
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
      else if (this.mailbox.search.hasUnreadFiles()) void this.#readFile();
    } catch {
      this.#failed();
    }
  }

  async #readFile(): Promise<void> {
    const { search } = this.mailbox;
    this.#isReading = true;
    try {
      const unread = await search.unreadFile();
      const text = unread?.readable === undefined ? '' : await this.#textOf({ ...unread.readable, from: unread.from });
      if (this.#isClosed) return;
      if (unread !== undefined) search.putFileText({ file: unread.file, text });
      this.#isReading = false;
      this.#wake();
    } catch {
      this.#isReading = false;
      if (!this.#isClosed) this.#failed();
    }
  }

  /** None of a file that would take too much to read: it is found by its name. */
  async #textOf(file: Parameters<Mime['readFileText']>[0]): Promise<string> {
    try {
      return await this.services.mime.readFileText(file);
    } catch (error) {
      if (error instanceof PosthornError && error.code === 'unreadable-content') return '';
      throw error;
    }
  }

  /** A full disk, for instance. What is indexed stays so. */
  #failed(): void {
    this.services.log.error('index.not-written');
    this.#goOn(MINUTE_MS);
  }
}
