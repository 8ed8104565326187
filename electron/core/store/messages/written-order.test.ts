import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListPlace, MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { placeInList } from '../../../../shared/written-order';
import { DAY_MS } from '../../domain/time';
import { openDatabase } from '../sql/open-database';
import { mailMigrations } from '../migrations/mail-schema';
import { newDraft, composed, NOW, openTestStore, received, temporaryDirectory } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import { NEWEST_FIRST } from '../sql/store-parts';

const THREAD = '<one@thread>';

describe('the order of lists', () => {
  let test: TestStore;
  beforeEach(() => {
    test = openTestStore();
  });
  afterEach(() => test.remove());

  const arrive = async (subject: string, date: number, storedAt = NOW) =>
    test.store.messages.receive(
      received({ subject, date, storedAt, threadId: THREAD, text: 'harvest', raw: new Uint8Array(1) }),
    );
  const subjects = (messages: readonly MessageSummary[]): string[] => messages.map(({ subject }) => subject);
  const inbox = () => test.store.messages.page({ folder: 'inbox', limit: 500 }).messages;
  const paged = (limit: number, between: () => unknown = () => undefined): MessageSummary[] => {
    const all: MessageSummary[] = [];
    for (let before: ListPlace | undefined; ;) {
      const page = test.store.messages.page({ folder: 'inbox', limit, ...present({ before }) });
      all.push(...page.messages);
      if (!page.more) return all;
      before = placeInList(page.messages.at(-1)!);
      between();
    }
  };

  it('is that of writing, in whatever order mail comes', async () => {
    for (const day of [3, 1, 4, 2]) await arrive(String(day), NOW - (10 - day) * DAY_MS);
    expect(subjects(inbox())).toEqual(['4', '3', '2', '1']);
    expect(subjects(test.store.messages.thread(THREAD))).toEqual(['1', '2', '3', '4']);
    expect(subjects(test.store.search.find({ text: 'harvest', limit: 3 }))).toEqual(['4', '3', '2']);
    expect(test.store.messages.thread(THREAD).map(({ sequence }) => sequence)).toEqual([2, 4, 1, 3]);
  });

  it('is the same for every order of arrival', async () => {
    const dates = fc.uniqueArray(fc.integer({ min: 0, max: NOW }), { minLength: 2, maxLength: 8 });
    const byDate = (one: { date: number }, other: { date: number }): number => other.date - one.date;
    await fc.assert(
      fc.asyncProperty(dates, fc.integer({ min: 1, max: 4 }), fc.uuid(), async (arriving, limit, threadId) => {
        for (const date of arriving)
          await test.store.messages.receive(received({ date, storedAt: date, threadId, raw: new Uint8Array(1) }));
        const oldestFirst = [...arriving].sort((one, other) => one - other);
        expect(test.store.messages.thread(threadId).map(({ date }) => date)).toEqual(oldestFirst);
        const all = paged(limit);
        expect(all.map(({ date }) => date)).toEqual([...all].sort(byDate).map(({ date }) => date));
        expect(new Set(all.map(({ id }) => id)).size).toBe(inbox().length);
      }),
      { numRuns: 25 },
    );
  });

  it('is that of arrival among letters of one moment', async () => {
    for (const subject of ['a', 'b', 'c']) await arrive(subject, NOW);
    expect(subjects(inbox())).toEqual(['c', 'b', 'a']);
    expect(subjects(paged(1))).toEqual(['c', 'b', 'a']);
  });

  it('counts a date far ahead of the arrival as the arrival, and one a little ahead as it is', async () => {
    await arrive('from 2099', Date.UTC(2099, 0, 1));
    await arrive('two days ahead', NOW + 2 * DAY_MS);
    await arrive('an hour ahead', NOW + 3_600_000);
    await arrive('of now', NOW + 1);
    expect(subjects(inbox())).toEqual(['an hour ahead', 'of now', 'two days ahead', 'from 2099']);
    expect(inbox().at(-1)).toMatchObject({ date: Date.UTC(2099, 0, 1), orderedAt: NOW });
  });

  it('follows the date of a draft, however long ago it was begun', () => {
    const old = newDraft(composed({ subject: 'old' }));
    test.store.drafts.save(old);
    test.store.drafts.save(newDraft(composed({ subject: 'new' }), { now: NOW + DAY_MS }));
    test.store.drafts.save({ ...old, isNew: false, now: NOW + 9 * DAY_MS });
    expect(subjects(test.store.messages.page({ folder: 'drafts', limit: 9 }).messages)).toEqual(['old', 'new']);
  });

  it('pages without gaps or repeats while mail comes in the middle and rows go', async () => {
    for (let day = 0; day < 12; day += 1) await arrive(`day ${String(day)}`, NOW - day * DAY_MS);
    let coming = 0;
    const all = paged(3, () => {
      coming += 1;
      void arrive(`new ${String(coming)}`, NOW - coming * DAY_MS + 7);
      const [top] = inbox();
      test.store.messages.move([top!.id], 'trash');
    });
    const days = subjects(all).filter((subject) => subject.startsWith('day'));
    expect(days).toEqual(Array.from({ length: 12 }, (_, day) => `day ${String(day)}`));
    expect(new Set(subjects(all)).size).toBe(all.length);
  });

  it('hides nothing: the unread letter that came last is found wherever it stands', async () => {
    for (let day = 0; day < 5; day += 1) await arrive(`day ${String(day)}`, NOW - day * DAY_MS);
    test.store.messages.setFlags(
      inbox().map(({ id }) => id),
      { seen: true },
    );
    expect(test.store.messages.lastUnread('inbox')).toBeUndefined();
    await arrive('of 2001', Date.UTC(2001, 4, 3));
    expect(inbox().at(-1)?.subject).toBe('of 2001');
    expect(test.store.messages.lastUnread('inbox')).toMatchObject({ subject: 'of 2001', storedAt: NOW });
    expect(test.store.messages.lastUnread('archive')).toBeUndefined();
  });
});

describe('the queries of lists', () => {
  it.each([
    ['a page', `m.mailbox = 1 AND (m.ordered_at, m.sequence) < (5, 5) ${NEWEST_FIRST} LIMIT 9`],
    ['a conversation', `m.thread_id = 't' ${NEWEST_FIRST} LIMIT 9`],
    ['the last unread', `m.mailbox = 1 AND m.seen = 0 ORDER BY m.sequence DESC LIMIT 1`],
  ])('read %s along an index, and sort nothing', (_what, tail) => {
    const directory = temporaryDirectory();
    const key = new Uint8Array(randomBytes(32));
    const sql = openDatabase({ path: `${directory.path}/mail.db`, key, migrations: mailMigrations, mode: 'create' });
    const plan = sql
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT * FROM mail m WHERE ${tail}`)
      .map(({ detail }) => detail);
    sql.close();
    directory.remove();
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatch(/^SEARCH messages USING INDEX messages_(by_folder|by_thread|unseen) /);
  });
});
