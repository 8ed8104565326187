import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexForm } from '../../../../shared/text/search-words';
import { INDEX_STEP_ROWS } from '../../domain/limits';
import { MailIndexer } from '../../mail/profile/index-mail';
import { EventBus } from '../../runtime/event-bus';
import { SettableClock } from '../../testing/settable-clock';
import { createMime } from '../../mime/create-mime';
import { createMailStore } from '../mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection } from '../sql/sql-connection';
import { newIdentityId, received, recorder, temporaryDirectory } from '../testing/store-fixtures';

const events = new EventBus();
const mime = createMime();
const MESSAGES = 3 * INDEX_STEP_ROWS + 1;

function insert(sql: SqlConnection, number: number): void {
  const id = randomUUID();
  const sender = `alice@${'a'.repeat(56)}.onion`;
  const words = { subject: `Größe ${String(number)}`, text: 'am Bahnhof 台北车站', sender };
  sql.run(
    `INSERT INTO messages (row, id, folder, sequence, rfc_message_id, thread_id, reference_ids, from_address, to_addresses,
       cc_addresses, bcc_addresses, subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
     VALUES ($row, $id, 'inbox', $row, $name, $id, $references, $sender, $to, '[]', '[]', $subject, '', $at, $at, 1, 0, 10,
       'verified', 'ok')`,
    {
      row: number + 1,
      id,
      name: `<${String(number)}@x>`,
      references: JSON.stringify([`<${String(number - (number % 2))}@x>`]),
      sender,
      to: JSON.stringify([`bob@${'b'.repeat(56)}.onion`]),
      subject: words.subject,
      at: Date.UTC(2026, 0, 1) + number,
    },
  );
  sql.run('INSERT INTO bodies (message_row, text) VALUES ($row, $text)', { row: number + 1, text: words.text });
}

/** Each version as it indexed the words, before another one did. */
const versions = [
  { version: 5, table: 'messages_fts', form: (text: string): string => text },
  { version: 11, table: 'search_words', form: indexForm },
] as const;

function indexAsBefore(sql: SqlConnection, { table, form }: (typeof versions)[number]): void {
  const rows = sql.all<{ row: number; subject: string; text: string; sender: string }>(
    'SELECT m.row, m.subject, b.text, m.from_address AS sender FROM messages m JOIN bodies b ON b.message_row = m.row',
  );
  for (const { row, subject, text, sender } of rows)
    sql.run(
      `INSERT INTO ${table} (rowid, subject, body, addresses, attachments) VALUES ($row, $subject, $text, $sender, '')`,
      { row, subject: form(subject), text: form(text), sender: form(sender) },
    );
}

describe.each(versions)('mail that version $version indexed', (earlier) => {
  let directory: ReturnType<typeof temporaryDirectory>;
  const at = { key: new Uint8Array(randomBytes(32)), identityId: newIdentityId(), events: recorder() };
  const path = (): string => `${directory.path}/mail.db`;
  const open = () => createMailStore({ path: path(), ...at });

  /** As that version wrote it, each letter a conversation of its own. */
  beforeEach(() => {
    directory = temporaryDirectory();
    const migrations = mailMigrations.filter(({ version }) => version <= earlier.version);
    const sql = openDatabase({ path: path(), key: at.key, migrations, mode: 'create' });
    for (let number = 0; number < MESSAGES; number += 1) insert(sql, number);
    indexAsBefore(sql, earlier);
    sql.exec(`UPDATE counters SET value = ${String(MESSAGES)} WHERE name = 'sequence'`);
    sql.close();
  });
  afterEach(() => directory.remove());

  const count = (store: ReturnType<typeof open>, text: string): number =>
    store.search.find({ text, limit: 500 }).length;
  /** What is left in the index of deleted messages goes by and by. */
  const rowsLeft = (): number[] => {
    const sql = openDatabase({ path: path(), key: at.key, migrations: mailMigrations, mode: 'existing' });
    const tables = ['unindexed', earlier.table, 'search_index'];
    const leftover = 'DELETE FROM search_index WHERE rowid IN (SELECT key FROM leftover_words)';
    sql.exec(leftover);
    const counts = tables.map((table) => sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n);
    sql.close();
    return counts;
  };

  it('is found as before, until it is found as today', () => {
    const store = open();
    const folded = earlier.form === indexForm;
    const found = (): number[] => ['Größe', 'grosse', '车站', 'from:alice'].map((text) => count(store, text));
    expect(store.search.isIndexed()).toBe(false);
    expect(found()).toEqual([MESSAGES, folded ? MESSAGES : 0, folded ? MESSAGES : 0, MESSAGES]);
    expect(store.search.indexRest()).toBe(true);
    const now = folded ? MESSAGES : INDEX_STEP_ROWS;
    expect(found()).toEqual([MESSAGES, now, now, MESSAGES]);
    while (store.search.indexRest());
    expect(store.search.isIndexed()).toBe(true);
    expect(found()).toEqual(Array(4).fill(MESSAGES));
    store.close();
    expect(rowsLeft()).toEqual([0, 0, MESSAGES]);
  });

  // Later ones joined them when they came.
  it.runIf(earlier.version === 5)('stands in whole conversations then, though each letter stood alone', () => {
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
    const indexer = new MailIndexer({ clock, log, events, mime }, store);
    let steps = 0;
    for (let next = clock.untilNextTimer(); next !== undefined; next = clock.untilNextTimer()) {
      clock.advance(next);
      steps += 1;
    }
    expect([steps, store.search.isIndexed(), errors]).toEqual([5, true, []]);
    indexer.close();
    const idle = new MailIndexer({ clock, log, events, mime }, store);
    expect(clock.untilNextTimer()).toBeUndefined();
    idle.close();
    store.close();
  });

  it('waits and tries again when it cannot be written', () => {
    const store = open();
    const clock = new SettableClock();
    const errors: string[] = [];
    const log = { error: (name: string) => void errors.push(name) } as never;
    const indexer = new MailIndexer({ clock, log, events, mime }, store);
    store.close();
    clock.advance(1_000);
    expect(errors).toEqual(['index.not-written']);
    expect(clock.untilNextTimer()).toBeGreaterThan(1_000);
    indexer.close();
    expect(clock.untilNextTimer()).toBeUndefined();
  });
});

describe('a long letter', () => {
  it.each([
    ['where spaces part its words', `${'word '.repeat(19_000)}zebra`, 'zebra'],
    ['where none do', `${'台北车站见面'.repeat(5_400)}斑马`, '斑马'],
  ])('%s is indexed after it is stored, and found then', async (_, text, sought) => {
    const directory = temporaryDirectory();
    const at = { path: `${directory.path}/mail.db`, key: new Uint8Array(randomBytes(32)), identityId: newIdentityId() };
    const store = createMailStore({ ...at, events, mode: 'create' });
    const clock = new SettableClock();
    const indexer = new MailIndexer({ clock, log: { error: expect.unreachable } as never, events, mime }, store);
    expect(clock.untilNextTimer()).toBeUndefined();
    const now = clock.now();
    await store.messages.receive(received({ text: 'short' }));
    expect([store.search.isIndexed(), clock.untilNextTimer()]).toEqual([true, undefined]);
    await store.messages.receive(received({ text }));
    expect(store.search.find({ text: sought, limit: 5, now })).toEqual([]);
    for (let next = clock.untilNextTimer(); next !== undefined; next = clock.untilNextTimer()) clock.advance(next);
    expect(store.search.find({ text: sought, limit: 5, now })).toHaveLength(1);
    indexer.close();
    store.close();
    directory.remove();
  });
});
