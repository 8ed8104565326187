import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computingTime } from '../../testing/computing-time';
import { NOW, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const MESSAGES = 8_000;
/** In every second message, and in forty. */
const [COMMON, RARE] = ['meeting', 'quince'];

let test: TestStore;
beforeAll(async () => {
  test = openTestStore();
  for (let begun = 0; begun < MESSAGES; begun += 500) {
    const some = Array.from({ length: 500 }, (_, index) => {
      const number = begun + index;
      const words = [`w${String(number % 997)}`, number % 2 === 0 ? COMMON : 'x', number % 200 === 0 ? RARE : 'y'];
      return received({
        subject: `s ${String(number)}`,
        text: words.join(' '),
        date: NOW + number * 60_000,
        storedAt: NOW * 2,
      });
    });
    await Promise.all(some.map((message) => test.store.messages.receive(message)));
  }
});
afterAll(() => test.remove());

/** Milliseconds of computing of the same search, made often enough to be told from chance; the least of three. */
function cost(text: string, order: 'newest' | 'best' = 'newest'): number {
  const once = (): number => {
    const computed = computingTime();
    for (let time = 0; time < 60; time += 1) test.store.search.find({ text, order, now: NOW, limit: 40 });
    return computed();
  };
  once();
  return Math.min(once(), once(), once());
}

describe('the newest with a word', () => {
  it.each([
    COMMON,
    `${COMMON} -from:nobody`,
    `"${COMMON}"`,
    `from:bob`,
    `is:verified`,
    `is:unread ${COMMON}`,
    `after:2000 ${COMMON}`,
    'm',
  ])('cost no more with %s, which thousands have, than with one that forty have', (text) => {
    expect(test.store.search.count({ text, now: NOW }).count).toBeGreaterThan(MESSAGES / 3);
    // Sorting or reading thousands would cost a hundred times as much.
    expect(cost(text)).toBeLessThan(5 * cost(RARE));
  });

  it('cost no more far down the list', () => {
    const rows = test.store.search.find({ text: COMMON, limit: MESSAGES });
    const page = (place: number) => {
      const computed = computingTime();
      for (let time = 0; time < 60; time += 1)
        test.store.search.find({ text: COMMON, before: rows[place]!, limit: 40 });
      return computed();
    };
    page(10);
    const [near, far] = [Math.min(page(10), page(10)), Math.min(page(rows.length - 41), page(rows.length - 41))];
    expect(far).toBeLessThan(5 * near);
  });
});
