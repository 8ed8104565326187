import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../shared/message';
import { timeText } from '../../words/date-text';
import { rowDeliveryWords } from './row-delivery-words';

const now = new Date(2026, 4, 1, 14, 5).getTime();
const delivery = (change: object): Delivery =>
  ({ state: 'delivered', reason: 'none', attempts: 1, ...change }) as unknown as Delivery;
const words = (change: object, facts: object = {}): string => {
  const one = delivery(change);
  return rowDeliveryWords(one, { all: [one], now, ...facts });
};

describe('rowDeliveryWords', () => {
  it.each([
    [{ state: 'recipient-offline' }, {}, 'Waiting until you are both online'],
    [{ state: 'recipient-offline' }, { holders: 1 }, 'Recipient offline; can be left with 1 person'],
    [{ state: 'held', heldBy: 1 }, {}, 'Kept by a friend of theirs until they are online'],
    [{ state: 'delivering' }, { percent: 40 }, 'Delivering · 40 %'],
    [{ state: 'failed', reason: 'expired' }, {}, 'Not delivered: they were not reachable for 14 days'],
    [{ state: 'waiting-for-tor' }, {}, 'Waiting for Tor'],
    [
      { state: 'waiting-for-key', nextTryAt: now + 1 },
      {},
      `Waiting for their key · next try ${timeText(now + 1, now)}`,
    ],
    [
      { state: 'waiting-for-key', reason: 'key-unaccepted', nextTryAt: now + 1 },
      {},
      'Waiting for you: their key is another',
    ],
  ])('says of %j', (change, facts, expected) => {
    expect(words(change, facts)).toBe(expected);
  });

  it('names the day until which it is kept', () => {
    expect(words({ state: 'held', heldBy: 2, heldUntil: new Date(2026, 4, 12).getTime() })).toMatch(
      /^Kept by 2 friends of theirs until .*12/u,
    );
  });

  it('tells when it was read', () => {
    expect(words({ deliveredAt: now })).toMatch(/^Delivered .*05/u);
    expect(words({ deliveredAt: now, readAt: now })).toMatch(/^Read .*05/u);
  });

  it('counts among several recipients', () => {
    const [held, read] = [delivery({ state: 'held' }), delivery({ deliveredAt: now, readAt: now })];
    expect(rowDeliveryWords(held, { all: [held, read], now })).toMatch(/ · 1 of 2 delivered$/u);
    expect(rowDeliveryWords(read, { all: [read, delivery({})], now })).toMatch(/ · 1 of 2 have read it$/u);
  });
});
