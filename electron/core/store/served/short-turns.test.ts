import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { MailStore } from '../../ports/storage/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { newMessageId, NOW, openTestStore, received, type TestStore } from '../testing/store-fixtures';

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.remove());

const uids = (store: MailStore, mailbox: MailboxRef): readonly number[] =>
  store.mailboxes.uids({ mailbox, afterUid: 0, limit: 100 }).uids;

/** Messages of one time, which the index knows. */
async function receive(store: MailStore, count: number): Promise<readonly number[]> {
  for (let number = 0; number < count; number += 1) {
    const id = newMessageId();
    const of = { id, rfcMessageId: `<${id}@b.onion>`, date: NOW, storedAt: NOW };
    await store.messages.receive(received({ ...of, text: 'The harvest is in.' }));
  }
  while (store.search.indexRest());
  return uids(store, 'inbox');
}

/** Looks into the file beside the store. */
function count(query: string): number {
  const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
  try {
    return sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${query}`)?.n ?? 0;
  } finally {
    sql.close();
  }
}

const found = (store: MailStore): number => store.search.find({ text: 'harvest', limit: 100 }).length;

it('takes the words of deleted messages out of the index soon after, and nobody finds them meanwhile', async () => {
  const { store } = test;
  const all = await receive(store, 12);
  expect([found(store), store.search.count({ text: 'harvest' }).count]).toEqual([12, 12]);
  store.served.expunge({ mailbox: 'inbox', uids: all.slice(0, 10) });
  expect([found(store), store.search.count({ text: 'harvest' }).count]).toEqual([2, 2]);
  expect(count('search_index')).toBe(12);
  // Of the same time as those that went: their places in the index are not free yet.
  await receive(store, 3);
  expect(found(store)).toBe(5);
  while (count('leftover_words') > 0) await setImmediate();
  expect([found(store), count('search_index')]).toEqual([5, 5]);
});

it('goes on taking them out where a start finds some', async () => {
  const all = await receive(test.store, 10);
  test.store.served.expunge({ mailbox: 'inbox', uids: all });
  test.store.close();
  expect(count('search_index')).toBe(10);
  test.reopen();
  while (count('leftover_words') > 0) await setImmediate();
  expect(count('search_index')).toBe(0);
});

it('takes copies back that were left behind, and leaves those that were finished', async () => {
  const { store } = test;
  const all = await receive(store, 30);
  const copy = (of: readonly number[], part: { copying: string; isLast: boolean }) =>
    store.served.copy({ mailbox: 'inbox', uids: of, to: 'archive', part });
  copy(all.slice(0, 2), { copying: 'done', isLast: false });
  const { to } = copy(all.slice(2, 4), { copying: 'done', isLast: true });
  copy(all.slice(0, 25), { copying: 'broken', isLast: false });
  expect(uids(store, 'archive')).toHaveLength(29);
  store.close();
  const again = test.reopen();
  const begun = again.mailboxes.state('archive');
  while (count('unfinished_copies') > 0) await setImmediate();
  expect(uids(again, 'archive')).toEqual([1, 2, ...to]);
  expect(again.mailboxes.expungedSince({ mailbox: 'archive', modseq: begun.highestModseq })).toHaveLength(25);
  expect(uids(again, 'inbox')).toEqual(all);
});

it('leaves a copy where somebody has put it before the copying was broken off', async () => {
  const { store } = test;
  const all = await receive(store, 4);
  const part = { copying: 'broken', isLast: false };
  const { to } = store.served.copy({ mailbox: 'inbox', uids: all, to: 'archive', part });
  store.served.move({ mailbox: 'archive', uids: to.slice(0, 1), to: 'trash' });
  store.close();
  const again = test.reopen();
  while (count('unfinished_copies') > 0) await setImmediate();
  expect([uids(again, 'archive').length, uids(again, 'trash').length]).toEqual([0, 1]);
});

it('tells UIDs with the first that is not seen, and every keyword once', async () => {
  const { store } = test;
  const all = await receive(store, 5);
  const setFlags = (of: readonly number[], flags: readonly string[]) =>
    store.served.setFlags({ mailbox: 'inbox', uids: of, how: 'add', flags });
  setFlags(all.slice(0, 3), [String.raw`\Seen`]);
  setFlags(all, ['$forwarded']);
  setFlags(all.slice(0, 1), ['later', '$junk']);
  expect(store.mailboxes.uids({ mailbox: 'inbox', afterUid: 0, limit: 100 })).toEqual({
    uids: all,
    firstUnseen: all[3],
  });
  expect(store.mailboxes.uids({ mailbox: 'inbox', afterUid: 0, limit: 3 })).toEqual({ uids: all.slice(0, 3) });
  expect(store.mailboxes.uids({ mailbox: 'sent', afterUid: 0, limit: 3 })).toEqual({ uids: [] });
  expect(store.mailboxes.keywordsInUse(100)).toEqual(['$forwarded', '$junk', 'later']);
  expect(store.mailboxes.keywordsInUse(2)).toHaveLength(2);
});

it('gives what has changed page by page, however much it is', async () => {
  const { store } = test;
  const all = await receive(store, 9);
  const { highestModseq: changedSince } = store.mailboxes.state('inbox');
  const changed = all.filter((_uid, index) => index % 2 === 0);
  store.served.setFlags({ mailbox: 'inbox', uids: changed, how: 'add', flags: [String.raw`\Flagged`] });
  const page = (afterUid: number) => store.mailboxes.entries({ mailbox: 'inbox', afterUid, changedSince, limit: 3 });
  expect(page(0).map(({ uid }) => uid)).toEqual(changed.slice(0, 3));
  expect(page(changed[2] ?? 0).map(({ uid, flagged }) => [uid, flagged])).toEqual(
    changed.slice(3).map((uid) => [uid, true]),
  );
  expect(store.mailboxes.entries({ mailbox: 'inbox', uids: [99, ...all.slice(2, 4)], limit: 9 })).toHaveLength(2);
});
