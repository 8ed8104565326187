import type { Log } from '../../ports/runtime';
import type { Writer } from '../sql/transaction';
import type { Turns } from '../sql/turns';

/** What can be freed. */
export type Freeable = {
  readonly isLeft: () => boolean;
  /** Deletes some of it in the open transaction: no more than one turn of the event loop may take. */
  readonly freeSome: () => void;
};

type Freeing = {
  readonly writer: Writer;
  readonly turns: Turns;
  /** In this order: what is freed first may leave something to those behind it. */
  readonly kinds: readonly Freeable[];
  readonly log?: Log;
};

/**
 * Frees what was deleted, or came only in part, in short commits between which everything else goes on. What is left
 * stands in the file: a start goes on where a crash stopped it. A fault, as of a full disk, is logged, and freeing goes on
 * after the next commit.
 */
export class Freer {
  #run: Promise<void> | undefined;

  constructor(private readonly o: Freeing) {}

  /** Begins, when there is something to free. */
  wake(): void {
    if (this.#run !== undefined || !this.#isLeft()) return;
    this.#run = this.#freeAll().finally(() => {
      this.#run = undefined;
    });
  }

  /** Resolves when nothing is left to free, or it could not be freed. Never rejects. */
  async idle(): Promise<void> {
    this.wake();
    await this.#run;
  }

  #isLeft(): boolean {
    return this.o.kinds.some(({ isLeft }) => isLeft());
  }

  async #freeAll(): Promise<void> {
    const { writer, turns, kinds } = this.o;
    try {
      for (const { isLeft, freeSome } of kinds) while (isLeft()) await turns(() => writer.write(freeSome));
    } catch {
      // Closed meanwhile, or the disk is full.
      this.o.log?.warn('store.not-freed');
    }
  }
}
