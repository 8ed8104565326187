import type { Log } from '../../ports/runtime';
import type { Emit, Writer } from './transaction';
import type { Turns } from './turns';

/** What is left to do after commits, and stands in the file until it is done. */
export type Chore = {
  readonly isLeft: () => boolean;
  /** Does some of it in the open transaction: no more than one turn of the event loop may take. */
  readonly doSome: (emit: Emit) => void;
};

type Working = {
  readonly writer: Writer;
  readonly turns: Turns;
  /** In this order: what is done first may leave something to those behind it. */
  readonly chores: readonly Chore[];
  readonly log?: Log;
};

/**
 * Frees what was deleted, or came only in part, in short commits between which
 * everything else goes on. A start goes on where a crash stopped it. A fault, as of a full disk, is logged, and the
 * rest is done after the next commit.
 */
export class Chores {
  #run: Promise<void> | undefined;

  constructor(private readonly o: Working) {}

  /** Begins, when there is something to do. */
  wake(): void {
    if (this.#run !== undefined || !this.o.chores.some(({ isLeft }) => isLeft())) return;
    this.#run = this.#doAll().finally(() => {
      this.#run = undefined;
    });
  }

  /** Resolves when nothing is left to do, or it could not be done. Never rejects. */
  async idle(): Promise<void> {
    this.wake();
    await this.#run;
  }

  async #doAll(): Promise<void> {
    const { writer, turns, chores } = this.o;
    try {
      for (const { isLeft, doSome } of chores) while (isLeft()) await turns(() => writer.write(doSome));
    } catch {
      // Closed meanwhile, or the disk is full.
      this.o.log?.warn('store.chores-not-done');
    }
  }
}
