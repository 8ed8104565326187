import { toStoreError } from './store-error';
import type { Emit, Writer } from './transaction';

export type GroupCommit = {
  /** Resolves after the COMMIT that holds the change; rejects when it was not kept. */
  add<T>(run: (emit: Emit) => T): Promise<T>;
  /** Commits what waits, at once. */
  flush(): void;
};

type Waiting = { readonly run: (emit: Emit) => () => void; readonly reject: (error: unknown) => void };

/**
 * Changes that arrive within one turn of the event loop share a transaction, so that a burst of mail costs one fsync.
 * While a commit runs nothing else does; what arrived at the sockets meanwhile is the next group.
 */
export function createGroupCommit(writer: Writer): GroupCommit {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    if (group.length > 0) commit(writer, group);
  };
  return {
    flush,
    add: (run) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ run: (emit) => settleLater(run(emit), resolve), reject });
      }),
  };
}

function settleLater<T>(value: T, resolve: (value: T) => void): () => void {
  return () => resolve(value);
}

function commit(writer: Writer, group: readonly Waiting[]): void {
  try {
    const attempts = writer.writeEach(group.map(({ run }) => run));
    attempts.forEach((attempt, index) => (attempt.ok ? attempt.value() : group[index]?.reject(attempt.error)));
  } catch (error) {
    for (const { reject } of group) reject(toStoreError(error));
  }
}
