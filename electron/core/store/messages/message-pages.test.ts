import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inOrder, ListFilter, newestFirst, passes, placeBy } from '../../../../shared/lists/list-view';
import { ListSort } from '../../../../shared/message';
import type { SortedPlace } from '../../../../shared/lists/list-view';
import type { MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { RARE_MESSAGES } from '../../domain/limits';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { ALICE, BOB, CAROL, NOW, openTestStore, received, temporaryDirectory } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import { pageParts } from './message-pages';

const sorts: ListSort[] = ListSort.shape.by.options.flatMap((by) => [
  { by, direction: 'up' },
  { by, direction: 'down' },
]);
const choices: ListFilter[][] = [[], ['unread'], ['flagged'], ['files'], ['verified'], ['unread', 'verified']];

describe('a list in any order, and with filters', () => {
  let test: TestStore;
  beforeEach(() => {
    test = openTestStore();
  });
  afterEach(() => test.remove());

  type Asked = { readonly sort: ListSort; readonly filters: readonly ListFilter[] };

  const paged = ({ sort, filters }: Asked, limit: number): MessageSummary[] => {
    const all: MessageSummary[] = [];
    for (let before: SortedPlace | undefined; ;) {
      const page = test.store.messages.page({ folder: 'inbox', sort, filters, limit, ...present({ before }) });
      expect(page.messages.length).toBeLessThanOrEqual(limit);
      all.push(...page.messages);
      if (!page.more) return all;
      before = placeBy(sort.by, page.messages.at(-1)!);
    }
  };
  const sorted = (messages: readonly MessageSummary[], { sort, filters }: Asked): MessageSummary[] =>
    messages
      .filter((message) => passes(filters, message))
      .sort((one, other) => inOrder(sort)(placeBy(sort.by, one), placeBy(sort.by, other)));

  it('is paged without gaps or repeats, as the window sorts it', async () => {
    const subject = fc.oneof(
      fc.constantFrom(
        'Re: Garden',
        'garden',
        'Fwd:  garden',
        'AW: RE: x',
        'Ärger',
        'ärger',
        '',
        're:',
        '𝒳',
        '\uFFFD',
        '豆',
      ),
      fc.string({ unit: 'binary', maxLength: 100 }).map((text) => text.replaceAll('\0', '')),
    );
    const letter = fc.record({
      subject,
      from: fc.constantFrom(ALICE, BOB, CAROL),
      date: fc.integer({ min: NOW - 3, max: NOW }),
      size: fc.integer({ min: 0, max: 3 }),
      protection: fc.constantFrom('verified' as const, 'unverified' as const),
      seen: fc.boolean(),
      flagged: fc.boolean(),
    });
    const letters = fc.array(letter, { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(letters, fc.integer({ min: 1, max: 4 }), async (arriving, limit) => {
        for (const { seen, flagged, ...one } of arriving) {
          const outcome = await test.store.messages.receive(received({ ...one, raw: new Uint8Array(one.size) }));
          if (outcome.outcome === 'stored') test.store.messages.setFlags([outcome.summary.id], { seen, flagged });
        }
        const all = test.store.messages.page({ folder: 'inbox', limit: 500 }).messages;
        for (const sort of sorts)
          for (const filters of choices) {
            const asked = { sort, filters };
            const ids = sorted(all, asked).map(({ id }) => id);
            expect(paged(asked, limit * 7).map(({ id }) => id)).toEqual(ids);
          }
      }),
      { numRuns: 8 },
    );
  });

  it('goes on where it was after the row that it ended with has gone', async () => {
    for (const [index, subject] of ['b', 'Re: B', 'a', 'c'].entries())
      await test.store.messages.receive(received({ subject, date: NOW + index, raw: new Uint8Array(1) }));
    const request = { folder: 'inbox', sort: { by: 'subject', direction: 'up' }, limit: 2 } as const;
    const { messages, more } = test.store.messages.page(request);
    expect(messages.map(({ subject }) => subject)).toEqual(['a', 'Re: B']);
    expect(more).toBe(true);
    test.store.messages.move([messages[1]!.id], 'trash');
    const next = test.store.messages.page({ ...request, before: placeBy('subject', messages[1]!) });
    expect(next).toMatchObject({ messages: [{ subject: 'b' }, { subject: 'c' }], more: false });
  });
});

describe('the queries of such lists', () => {
  const before = { orderedAt: 5, sequence: 5, key: 'k' };
  /** How a database reads each part of a page; some of them with many messages that pass the filters. */
  const plans = (asked: { sort: ListSort; filters: readonly ListFilter[] }, many: boolean): string[][] => {
    const directory = temporaryDirectory();
    const key = new Uint8Array(randomBytes(32));
    const sql = openDatabase({ path: `${directory.path}/mail.db`, key, migrations: mailMigrations, mode: 'create' });
    const counting = many ? { ...sql, get: () => ({ count: RARE_MESSAGES }) as never } : sql;
    const found = pageParts(counting, { ...asked, before, mailbox: 1 }).map(({ tail, values }) =>
      sql
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT * FROM mail m ${tail}`, { ...values, mailbox: 1, limit: 9 })
        .map(({ detail }) => detail),
    );
    sql.close();
    directory.remove();
    return found;
  };

  it.each(sorts)('by $by, $direction, go along an index and sort nothing', (sort) => {
    for (const filters of choices)
      for (const plan of plans({ sort, filters }, true)) {
        expect(plan).toHaveLength(1);
        expect(plan[0]).toMatch(/^SEARCH messages USING INDEX messages_(by_folder|sorted_by|listed)\S* \(mailbox=\?/);
      }
  });

  it.each(ListFilter.options)('with the filter %s, which few pass, read those alone', (filter) => {
    for (const plan of plans({ sort: newestFirst, filters: [filter] }, false))
      expect(plan).toEqual([expect.stringContaining(`INDEX messages_listed_${filter} (mailbox=?`)]);
    for (const plan of plans({ sort: { by: 'size', direction: 'down' }, filters: [filter] }, false)) {
      expect(plan.join('\n')).toContain(`INDEX messages_listed_${filter} (mailbox=?)`);
      expect(plan.join('\n')).toContain('SEARCH messages USING INTEGER PRIMARY KEY');
    }
  });
});
