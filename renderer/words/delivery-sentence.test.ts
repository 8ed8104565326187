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
    [
      { state: 'waiting-for-key', reason: 'key-unaccepted', nextTryAt: now + 60_000 },
      'Their key is not the one that you verified, so nothing was sent to it. Scan their code again or accept the new key; the message leaves then.',
    ],
    [
      { state: 'recipient-offline', reason: 'offline', nextTryAt: now + 4 * 60_000 },
      'Waiting until you are both online – next try in 4 min',
    ],
    [
      { state: 'recipient-offline', reason: 'busy', nextTryAt: now },
      'Recipient offline: their computer asked to try again later – trying now',
    ],
    [{ state: 'failed', reason: 'unknown-mailbox' }, 'Not delivered: nobody of that name lives at this onion'],
    [{ state: 'cancelled', reason: 'cancelled' }, 'Cancelled'],
    [{ state: 'delivering' }, 'Delivering…'],
    [{ state: 'delivering', heldBy: 1, heldUntil: now }, 'Delivering…'],
  ])('says where %j stands', (change, expected) => {
    expect(deliverySentence(delivery(change), now)).toBe(expected);
  });

  it('counts up while it delivers', () => {
    expect(deliverySentence(delivery({ state: 'delivering' }), now, { progress: { bytes: 42, total: 100 } })).toBe(
      'Delivering 42 %',
    );
  });

  it('tells when it was delivered', () => {
    expect(deliverySentence(delivery({ state: 'delivered', deliveredAt: now }), now)).toMatch(/^Delivered at .*05/);
  });
});

describe('deliverySentence of what is kept', () => {
  const kept = { state: 'held', heldBy: 2, heldUntil: new Date(2026, 11, 12).getTime() };

  it('tells how many keep it, and who, when all of them are known', () => {
    expect(deliverySentence(delivery(kept), now)).toMatch(/^Kept by 2 friends of theirs until .*12/u);
    expect(deliverySentence(delivery(kept), now, { keepers: ['Dave'] })).toMatch(/^Kept by 2 friends of theirs until/u);
    expect(deliverySentence(delivery(kept), now, { keepers: ['Dave', 'Erin'] })).toMatch(
      /^Kept by Dave and Erin until they are online, at most until .*12/u,
    );
    expect(deliverySentence(delivery({ state: 'held', heldBy: 1 }), now, { keepers: ['Dave'] })).toBe(
      'Kept by Dave until they are online',
    );
  });

  it('never claims that it was delivered', () => {
    expect(deliverySentence(delivery(kept), now)).not.toMatch(/delivered|arrived/iu);
  });

  it('tells with how many it can be left', () => {
    expect(deliverySentence(delivery({ state: 'recipient-offline', reason: 'offline' }), now, { holders: 2 })).toBe(
      'Recipient offline; can be left with 2 people',
    );
    expect(deliverySentence(delivery({ state: 'recipient-offline', reason: 'offline' }), now, { holders: 0 })).toBe(
      'Waiting until you are both online',
    );
  });

  it('tells when it was read', () => {
    expect(deliverySentence(delivery({ state: 'delivered', deliveredAt: now, readAt: now + 60_000 }), now)).toMatch(
      /^Delivered at .*05.*, read .*06/u,
    );
  });
});

describe('percentOf', () => {
  it('never passes 100 and needs a total', () => {
    expect(percentOf({ bytes: 120, total: 100 })).toBe(100);
    expect(percentOf({ bytes: 1 })).toBeUndefined();
  });
});
