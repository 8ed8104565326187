import { CONTENT_PIECE_BYTES } from '../../domain/limits';
import { toStoreError } from './store-error';
import type { Emit, Writer } from './transaction';

export type GroupCommit = {
  /**
   * Resolves after the COMMIT that holds the change; rejects when it was not kept. `octets`: about how many it writes;
   * a commit of many would hold everything up, so what does not fit is left to the next turn.
   */
  add<T>(run: (emit: Emit) => T, octets?: number): Promise<T>;
  /** Commits what waits, at once. */
  flush(): void;
};

type Waiting = {
  readonly run: (emit: Emit) => () => void;
  readonly reject: (error: unknown) => void;
  readonly octets: number;
};

/**
 * Changes that arrive within one turn of the event loop share a transaction, so that a burst of mail costs one fsync.
 * While a commit runs nothing else does; what arrived at the sockets meanwhile is the next group.
 */
export function createGroupCommit(writer: Writer): GroupCommit {
  const waiting: Waiting[] = [];
  const turn = (): void => {
    commit(writer, waiting.splice(0, groupLength(waiting)));
    if (waiting.length > 0) setImmediate(turn);
  };
  return {
    flush: () => {
      commit(writer, waiting.splice(0));
    },
    add: (run, octets = 0) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(turn);
        waiting.push({ run: (emit) => settleLater(run(emit), resolve), reject, octets });
      }),
  };
}

/** How many of those that wait share the next commit: one, and what fits beside it. */
function groupLength(waiting: readonly Waiting[]): number {
  let sum = 0;
  const past = waiting.findIndex(({ octets }, index) => (sum += octets) > CONTENT_PIECE_BYTES && index > 0);
  return past < 0 ? waiting.length : past;
}

function settleLater<T>(value: T, resolve: (value: T) => void): () => void {
  return () => resolve(value);
}

function commit(writer: Writer, group: readonly Waiting[]): void {
  if (group.length === 0) return;
  try {
    const attempts = writer.writeEach(group.map(({ run }) => run));
    attempts.forEach((attempt, index) => (attempt.ok ? attempt.value() : group[index]?.reject(attempt.error)));
  } catch (error) {
    for (const { reject } of group) reject(toStoreError(error));
  }
}
