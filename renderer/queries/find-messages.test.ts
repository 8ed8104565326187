import { expect, test } from 'vitest';
import type { ListPlace } from '../../shared/message';
import { byWriting } from '../../shared/written-order';
import { makeServices } from '../testing/make-services';
import { identityId, makeMessage, ME } from '../testing/sample-mail';
import { countFound, findMore, hasMore, idsInOrder, nothingFound } from './find-messages';
import type { Found } from './find-messages';

const YOU = identityId(2);
const dates = new Map([
  [ME, [90, 80, 70, 60, 50]],
  [YOU, [85, 10, 5]],
]);

/** A core in which each identity's search finds messages of these dates, which are their numbers, too. */
const makeCore = () =>
  makeServices({
    core: {
      'messages.search': ({ identityId: owner, before, limit }) => {
        const place = (date: number): ListPlace => ({ orderedAt: date, sequence: date });
        const older = (dates.get(owner) ?? []).filter((date) => !before || byWriting(place(date), before) < 0);
        return older.slice(0, limit).map((date) => makeMessage(date, { identityId: owner, date }));
      },
      'messages.searchCount': ({ identityId: owner }) => ({
        count: dates.get(owner)?.length ?? 0,
        isMore: owner === YOU,
      }),
    },
  });

const numbers = (found: Found): number[] => idsInOrder(found).map((id) => Number.parseInt(id.slice(-12), 16));

test('what is found in the mail of several identities is one list, without holes while it is read', async () => {
  const { services } = makeCore();
  const asked = { identityIds: [ME, YOU], words: 'tea', order: 'newest' } as const;
  let found = nothingFound(asked);
  const shown: number[][] = [];
  while (hasMore(found)) {
    found = await findMore(services, found, 2);
    shown.push(numbers(found));
  }
  expect(shown).toEqual([
    [90, 85, 80],
    [90, 85, 80, 70, 60],
    [90, 85, 80, 70, 60, 50, 10, 5],
  ]);
  expect(await countFound(services, asked)).toEqual({ count: 8, isMore: true });
});

test('of what fits best, each identity’s best comes first', async () => {
  const { services } = makeCore();
  const asked = { identityIds: [ME, YOU], words: 'tea', order: 'best' } as const;
  const first = await findMore(services, nothingFound(asked), 2);
  expect(numbers(first)).toEqual([90, 85, 80, 10]);
  expect(numbers(await findMore(services, first, 2))).toEqual([90, 85, 80, 10, 70, 5, 60]);
});

test('what cannot be counted has no number', async () => {
  const { services } = makeServices({});
  expect(await countFound(services, { identityIds: [ME], words: 'tea', order: 'newest' })).toBeUndefined();
});
