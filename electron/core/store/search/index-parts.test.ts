import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_INDEX_PART_WORDS, MAX_INDEXED_CHARACTERS } from '../../domain/limits';
import { indexWords } from '../../domain/search-words';
import type { MailStore } from '../../ports/storage/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection } from '../sql/sql-connection';
import { openTestStore, received, saveDraft, type TestStore } from '../testing/store-fixtures';
import { indexPart } from './index-parts';

let test: TestStore;
let sql: SqlConnection;
beforeEach(() => {
  test = openTestStore();
  sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
});
afterEach(() => {
  sql.close();
  test.remove();
});

const number = (query: string): number => sql.get<{ n: number }>(query)?.n ?? 0;
const rest = (): number => number('SELECT count(*) AS n FROM unindexed_parts');
const parts = (): number => number('SELECT count(*) AS n FROM index_parts');
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo())
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

/** Each character another one, in no order that repeats. */
const chinese = Array.from({ length: MAX_INDEXED_CHARACTERS }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_011)),
).join('');
const latin = Array.from({ length: 14_000 }, (_, index) => `w${(index * 7).toString(36)}x`).join(' ');
const texts = { chinese, latin };

const found = (store: MailStore, text: string): string[] => store.search.find({ text, limit: 5 }).map(({ id }) => id);

describe('a long text', () => {
  it.each(['chinese', 'latin'] as const)(
    'of %s is cut into parts that each cost little, and share their ends',
    (name) => {
      const text = texts[name];
      let begins: number | undefined = 0;
      let before = 0;
      while (begins !== undefined) {
        const { part, next }: ReturnType<typeof indexPart> = indexPart(text, begins);
        expect(indexWords(part).length).toBeLessThanOrEqual(2 * MAX_INDEX_PART_WORDS);
        expect(begins).toBeLessThanOrEqual(before);
        before = begins + part.length;
        if (next !== undefined) expect(next).toBeGreaterThan(begins);
        begins = next;
      }
      expect(before).toBe(text.length);
    },
  );

  it.each(['chinese', 'latin'] as const)(
    'of %s is found by all of its words, in one part or in several',
    async (name) => {
      const { store } = test;
      const text = texts[name];
      const message = received({ text, subject: 'Harvest' });
      await store.messages.receive(received({ text: 'short' }));
      await store.messages.receive(message);
      expect(rest()).toBe(1);
      await until(() => rest() === 0);
      const at = (share: number): string =>
        name === 'latin'
          ? text.split(' ')[Math.floor(13_999 * share)]!
          : text.slice(Math.floor(99_000 * share)).slice(0, 3);
      const shares = [0, 0.1, 0.25, 0.3, 0.5, 0.77, 0.99, 1];
      for (const share of shares) expect([share, found(store, at(share))]).toEqual([share, [message.id]]);
      expect(found(store, `${at(0)} ${at(0.99)} ${at(0.5)} harvest`)).toEqual([message.id]);
      expect(found(store, `${at(0)} nowhere`)).toEqual([]);
      expect(found(store, 'harvest short')).toHaveLength(1);
    },
  );

  it('is found by a sentence wherever its parts end', async () => {
    const { store } = test;
    const message = received({ text: chinese });
    await store.messages.receive(message);
    await until(() => rest() === 0);
    const { next = 0 } = indexPart(chinese, 0);
    for (let at = next - 10; at < next + 220; at += 5)
      expect([at, found(store, chinese.slice(at, at + 8))]).toEqual([at, [message.id]]);
  });

  it('is indexed to its end after a start, when the program was gone before', async () => {
    const message = received({ text: chinese });
    await test.store.messages.receive(message);
    test.store.close();
    expect(rest()).toBe(1);
    const last = chinese.slice(-4);
    const again = test.reopen();
    expect(found(again, last)).toEqual([]);
    await until(() => rest() === 0);
    expect(found(again, last)).toEqual([message.id]);
  });

  it('leaves nothing in the index when it is deleted or shortened', async () => {
    const { store } = test;
    const message = received({ text: chinese });
    await store.messages.receive(message);
    const draftId = saveDraft(store, { text: chinese });
    await until(() => rest() === 0);
    expect(parts()).toBeGreaterThan(20);
    store.messages.move([message.id], 'trash');
    store.messages.delete([message.id]);
    const { content } = store.drafts.get(draftId);
    const shorter = { ...content, text: 'short' };
    store.drafts.save({
      id: draftId,
      isNew: false,
      content: shorter,
      threadId: draftId,
      preview: '',
      now: 1,
      from: message.from,
    });
    expect(found(store, chinese.slice(50_000, 50_003))).toEqual([]);
    await until(() => parts() === 0);
    expect(number('SELECT count(*) AS n FROM search_words')).toBe(1);
  });
});
