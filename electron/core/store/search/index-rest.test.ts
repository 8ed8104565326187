import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INDEX_STEP_ROWS } from '../../domain/limits';
import { MailIndexer } from '../../mail/profile/index-mail';
import { SettableClock } from '../../testing/settable-clock';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { newIdentityId, received, recorder, temporaryDirectory } from '../testing/store-fixtures';

const MESSAGES = 3 * INDEX_STEP_ROWS + 1;
/** Before the words of the index were folded by Posthorn. */
const EARLIER_VERSION = 5;

describe('mail that an earlier version indexed', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  const at = { key: new Uint8Array(randomBytes(32)), identityId: newIdentityId(), events: recorder() };
  const path = (): string => `${directory.path}/mail.db`;
  const open = () => createMailStore({ path: path(), ...at });

  /** Version 5 wrote the same tables and the words as they are: what the program of today wrote is turned back. */
  beforeEach(async () => {
    directory = temporaryDirectory();
    const store = createMailStore({ path: path(), ...at, mode: 'create' });
    for (let number = 0; number < MESSAGES; number += 1)
      await store.messages.receive(
        received({
          subject: `Größe ${String(number)}`,
          text: 'am Bahnhof 台北车站',
          rfcMessageId: `<${String(number)}@x>`,
          references: [`<${String(number - (number % 2))}@x>`],
        }),
      );
    store.close();
    const sql = openDatabase({ path: path(), key: at.key, migrations: mailMigrations, mode: 'existing' });
    sql.exec(`
      DROP TABLE search_words; DROP TABLE unindexed; DROP TABLE named_ids; PRAGMA user_version = ${String(EARLIER_VERSION)};
      INSERT INTO messages_fts (rowid, subject, body, addresses, attachments)
        SELECT m.row, m.subject, b.text, m.from_address, '' FROM mail m JOIN bodies b ON b.message_row = m.row;
      UPDATE messages SET thread_id = id;`);
    sql.close();
  });
  afterEach(() => directory.remove());

  const count = (store: ReturnType<typeof open>, text: string): number =>
    store.search.find({ text, limit: 500 }).length;
  const rowsLeft = (): number[] => {
    const sql = openDatabase({ path: path(), key: at.key, migrations: mailMigrations, mode: 'existing' });
    const tables = ['unindexed', 'messages_fts', 'search_words'];
    const counts = tables.map((table) => sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n);
    sql.close();
    return counts;
  };

  it('is found as before, until it is found as today', () => {
    const store = open();
    expect([store.search.isIndexed(), count(store, 'Größe'), count(store, '车站')]).toEqual([false, MESSAGES, 0]);
    expect(store.search.indexRest()).toBe(true);
    expect([count(store, 'Größe'), count(store, 'grosse'), count(store, '车站')]).toEqual([
      MESSAGES,
      INDEX_STEP_ROWS,
      INDEX_STEP_ROWS,
    ]);
    while (store.search.indexRest());
    expect(store.search.isIndexed()).toBe(true);
    expect([count(store, 'Größe'), count(store, 'grosse'), count(store, '车站')]).toEqual(Array(3).fill(MESSAGES));
    store.close();
    expect(rowsLeft()).toEqual([0, 0, MESSAGES]);
  });

  it('stands in whole conversations then, though each letter stood alone', () => {
    const store = open();
    const threads = (): number =>
      new Set(store.messages.page({ folder: 'inbox', limit: 500 }).messages.map(({ threadId }) => threadId)).size;
    expect(threads()).toBe(MESSAGES);
    while (store.search.indexRest());
    expect(threads()).toBe(Math.ceil(MESSAGES / 2));
    store.close();
  });

  it('goes on where it was when the program is gone', () => {
    for (let step = 1; step <= 2; step += 1) {
      const store = open();
      store.search.indexRest();
      store.close();
      expect(rowsLeft()).toEqual([
        MESSAGES - step * INDEX_STEP_ROWS,
        MESSAGES - step * INDEX_STEP_ROWS,
        step * INDEX_STEP_ROWS,
      ]);
    }
  });

  it('leaves both indexes when it is deleted', () => {
    const store = open();
    const { messages } = store.messages.page({ folder: 'inbox', limit: 500 });
    const ids = messages.map(({ id }) => id);
    store.search.indexRest();
    store.messages.move(ids, 'trash');
    store.messages.delete(ids);
    expect([count(store, 'Größe'), store.search.isIndexed()]).toEqual([0, true]);
    store.close();
    expect(rowsLeft()).toEqual([0, 0, 0]);
  });

  it('is indexed while the program runs, and nothing waits once it is done', () => {
    const store = open();
    const clock = new SettableClock();
    const errors: string[] = [];
    const log = { error: (name: string) => void errors.push(name) } as never;
    const indexer = new MailIndexer({ clock, log }, store);
    let steps = 0;
    for (let next = clock.untilNextTimer(); next !== undefined; next = clock.untilNextTimer()) {
      clock.advance(next);
      steps += 1;
    }
    expect([steps, store.search.isIndexed(), errors]).toEqual([5, true, []]);
    indexer.close();
    const idle = new MailIndexer({ clock, log }, store);
    expect(clock.untilNextTimer()).toBeUndefined();
    idle.close();
    store.close();
  });

  it('waits and tries again when it cannot be written', () => {
    const store = open();
    const clock = new SettableClock();
    const errors: string[] = [];
    const log = { error: (name: string) => void errors.push(name) } as never;
    const indexer = new MailIndexer({ clock, log }, store);
    store.close();
    clock.advance(1_000);
    expect(errors).toEqual(['index.not-written']);
    expect(clock.untilNextTimer()).toBeGreaterThan(1_000);
    indexer.close();
    expect(clock.untilNextTimer()).toBeUndefined();
  });
});
