import type { Migration } from './migrations';
import { migrationWork } from './migrations';
import { openAsItIs } from './open-database';
import { createTurns } from './turns';

export type UpgradeDatabase = {
  readonly path: string;
  /** 32 random octets. */
  readonly key: Uint8Array;
  readonly migrations: readonly Migration[];
  /** Called before each statement, which can take minutes: nothing is answered until it is done. */
  readonly busy: () => void;
  /** How much is done, from 0 to 1; not called for a file that is up to date. */
  readonly told: (share: number) => void;
  /** Asked between two statements; false ends it, and leaves the file as its last whole step made it. */
  readonly isWanted: () => boolean;
};

/**
 * Brings an encrypted database to its newest schema, a statement a turn of the event loop, so that a large file stops
 * nothing for longer than one of them takes. What was done is kept whenever it ends: it goes on from there the next
 * time. Rejects as `openDatabase` throws.
 */
export async function upgradeDatabase(o: UpgradeDatabase): Promise<void> {
  const { path, key, migrations, busy, told, isWanted } = o;
  const sql = openAsItIs({ path, key, mode: 'existing' });
  const work = migrationWork(sql, migrations);
  const turn = createTurns();
  const step = (): IteratorResult<number, void> => {
    busy();
    return work.next();
  };
  try {
    for (let next = work.next(); next.done !== true; next = await turn(step)) {
      told(next.value);
      if (!isWanted()) break;
    }
  } finally {
    // What was begun is rolled back by its own end.
    work.return();
    sql.close();
  }
}
