import { describe, expect, it } from 'vitest';
import { Delivery } from '../../shared/message';
import { deliverySentence, percentOf } from './delivery-sentence';

const now = new Date(2026, 10, 22, 14, 5).getTime();
const delivery = (change: object): Delivery =>
  Delivery.parse({
    id: '6f2b8a3e-7a51-4b51-9f3e-0d8f0b8f6a11',
    identityId: '6f2b8a3e-7a51-4b51-9f3e-0d8f0b8f6a12',
    messageId: '6f2b8a3e-7a51-4b51-9f3e-0d8f0b8f6a13',
    recipient: `bob@${'a'.repeat(56)}.onion`,
    state: 'waiting-for-tor',
    reason: 'none',
    attempts: 0,
    expiresAt: now + 1_000_000,
    ...change,
  });

describe('deliverySentence', () => {
  it.each([
    [{}, 'Waiting for Tor'],
    [{ state: 'waiting-for-key' }, 'Waiting for their key'],
    [{ state: 'recipient-offline', reason: 'offline', nextTryAt: now + 4 * 60_000 }, 'Recipient offline – next try in 4 min'],
    [{ state: 'recipient-offline', reason: 'busy', nextTryAt: now }, 'Recipient offline: their computer asked to try again later – trying now'],
    [{ state: 'failed', reason: 'unknown-mailbox' }, 'Not delivered: nobody of that name lives at this onion'],
    [{ state: 'cancelled', reason: 'cancelled' }, 'Cancelled'],
    [{ state: 'delivering' }, 'Delivering…'],
  ])('says where %j stands', (change, expected) => {
    expect(deliverySentence(delivery(change), now)).toBe(expected);
  });

  it('counts up while it delivers', () => {
    expect(deliverySentence(delivery({ state: 'delivering' }), now, { bytes: 42, total: 100 })).toBe('Delivering 42 %');
  });

  it('tells when it was delivered', () => {
    expect(deliverySentence(delivery({ state: 'delivered', deliveredAt: now }), now)).toMatch(/^Delivered at .*05/);
  });
});

describe('percentOf', () => {
  it('never passes 100 and needs a total', () => {
    expect(percentOf({ bytes: 120, total: 100 })).toBe(100);
    expect(percentOf({ bytes: 1 })).toBeUndefined();
  });
});
