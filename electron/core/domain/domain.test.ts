import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryId, IdentityId, MailAddress, MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import { chooseFolder, judgeProtection } from './accept-policy';
import { judgeTry } from './delivery-outcome';
import { MAX_REFERENCES, MAX_REQUESTS_PER_SENDER, MAX_REQUEST_BYTES, NEAREST_ANCESTORS } from './limits';
import { mailboxOf } from './mail-address';
import { previewOf } from './preview';
import { nextTry } from './retry-schedule';
import { belongTogether, namesOf, placeInThread } from './threading';
import { LEAST_TRIED_MS } from './custody-limits';

const me = MailAddress.parse(`me@${'a'.repeat(56)}.onion`);
const other = MailAddress.parse(`other@${'b'.repeat(56)}.onion`);
const uuid = '3f0d3f6e-6f4b-4d8c-9a51-3d0c6a0c8f10';
const delivery: Delivery = {
  id: DeliveryId.parse(uuid),
  identityId: IdentityId.parse(uuid),
  messageId: MessageId.parse(uuid),
  recipient: other,
  state: 'delivering',
  reason: 'none',
  attempts: 0,
  expiresAt: 14 * 86_400_000,
};

describe('retry schedule', () => {
  it('waits longer each time, an hour at the most, and stays within a quarter of jitter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, fraction) => {
          const at = nextTry({ now: 1_000, attempts, expiresAt: 1e15, triedMs: 0, fraction });
          expect(at).toBeGreaterThanOrEqual(1_000 + 15_000 * 0.75);
          expect(at).toBeLessThanOrEqual(1_000 + 3_600_000 * 1.25);
        },
      ),
    );
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
      (attempts) => nextTry({ now: 0, attempts, expiresAt: 1e15, triedMs: 0, fraction: 0.5 }) ?? 0,
    );
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
  });

  it('gives up when the next try would come too late', () => {
    expect(nextTry({ now: 0, attempts: 1, expiresAt: 10_000, triedMs: LEAST_TRIED_MS, fraction: 0.5 })).toBeUndefined();
  });

  it('does not give up because the clock has jumped', () => {
    expect(
      nextTry({ now: 1e12, attempts: 3, expiresAt: 10_000, triedMs: LEAST_TRIED_MS - 1, fraction: 0.5 }),
    ).toBeGreaterThan(1e12);
  });
});

describe('outcome of a try', () => {
  const base = { delivery, attempts: 1, now: 1_000, triedMs: LEAST_TRIED_MS, fraction: 0.5 };
  it('delivers, defers, refuses and expires', () => {
    expect(judgeTry({ ...base, outcome: { outcome: 'delivered' } })).toMatchObject({
      state: 'delivered',
      deliveredAt: 1_000,
    });
    expect(judgeTry({ ...base, outcome: { outcome: 'deferred', reason: 'offline' } })).toMatchObject({
      state: 'recipient-offline',
      reason: 'offline',
      nextTryAt: 16_000,
    });
    expect(judgeTry({ ...base, outcome: { outcome: 'refused', reason: 'too-large', code: 552 } })).toMatchObject({
      state: 'failed',
      reason: 'too-large',
    });
    expect(
      judgeTry({ ...base, now: delivery.expiresAt, outcome: { outcome: 'deferred', reason: 'offline' } }),
    ).toMatchObject({ state: 'failed', reason: 'expired' });
  });

  it('tries once more what was just mended, however late, and says what a delivery waited for', () => {
    const late = { ...base, now: delivery.expiresAt };
    const mended = { outcome: 'deferred', reason: 'key-changed', again: 'at-once' } as const;
    expect(judgeTry({ ...late, outcome: mended })).toMatchObject({ state: 'recipient-offline', nextTryAt: late.now });
    const waits = { outcome: 'deferred', reason: 'key-unaccepted' } as const;
    expect(judgeTry({ ...base, outcome: waits })).toMatchObject({ state: 'waiting-for-key', reason: 'key-unaccepted' });
    expect(judgeTry({ ...late, outcome: waits })).toMatchObject({ state: 'failed', reason: 'key-unaccepted' });
    const kept = { ...delivery, heldBy: 1 };
    expect(judgeTry({ ...late, delivery: kept, outcome: waits })).toMatchObject({ reason: 'unconfirmed' });
  });
});

describe('accept policy', () => {
  it('gives a badge only to protected mail that names this mailbox', () => {
    const tagged = MailAddress.parse(`me+tag@${'a'.repeat(56)}.onion`);
    expect(judgeProtection({ mailbox: me, addressedTo: [other, tagged], headersProtected: true }).protection).toBe(
      'verified',
    );
    expect(judgeProtection({ mailbox: me, addressedTo: [other], headersProtected: true }).protectionReason).toBe(
      'not-addressed-to-you',
    );
    expect(judgeProtection({ mailbox: me, addressedTo: [me], headersProtected: false }).protection).toBe('unverified');
  });

  it('lets strangers wait in Requests while there is room, and contacts in always', () => {
    const none = { isKnown: false, size: 1_000, requestsFromSender: 0 };
    expect(chooseFolder(none)).toEqual({ folder: 'requests' });
    expect(chooseFolder({ ...none, requestsFromSender: MAX_REQUESTS_PER_SENDER })).toMatchObject({
      reply: { code: 452 },
    });
    expect(chooseFolder({ ...none, requestsFromSender: MAX_REQUESTS_PER_SENDER, isHeld: true })).toMatchObject({
      reply: { code: 550, enhanced: '5.2.2' },
    });
    expect(chooseFolder({ ...none, size: MAX_REQUEST_BYTES + 1 })).toMatchObject({ reply: { code: 552 } });
    expect(chooseFolder({ isKnown: true, size: 1e9, requestsFromSender: 1e6 })).toEqual({
      folder: 'inbox',
    });
  });
});

describe('threading', () => {
  const third = MailAddress.parse(`third@${'c'.repeat(56)}.onion`);
  const letter = (from: MailAddress, ...to: MailAddress[]) => ({
    writer: from === me ? undefined : mailboxOf(from),
    people: new Set([from, ...to].map(mailboxOf)),
  });
  const moved = MailAddress.parse(`moved@${'d'.repeat(56)}.onion`);
  const nobodyMoved = (mailbox: MailAddress): MailAddress[] => [mailbox];
  const otherMoved = (mailbox: MailAddress): MailAddress[] =>
    [other, moved].includes(mailbox) ? [other, moved] : [mailbox];

  it('goes by a message itself, what it answers, the root and the nearest ancestors', () => {
    const references = Array.from({ length: 500 }, (_, index) => `<${String(index)}@x>`);
    const names = namesOf({ rfcMessageId: '<own@x>', inReplyTo: '<499@x>', references });
    expect(names).toHaveLength(NEAREST_ANCESTORS + 2);
    expect(names).toEqual(expect.arrayContaining(['<own@x>', '<0@x>', '<491@x>', '<499@x>']));
    expect(namesOf({ rfcMessageId: '<own@x>', references: ['<own@x>'] })).toEqual(['<own@x>']);
  });

  it('joins what people write to each other, whoever was added, left out or wrote with a tag', () => {
    const tagged = MailAddress.parse(`other+tag@${'b'.repeat(56)}.onion`);
    for (const [one, two] of [
      [letter(other, me), letter(me, other)],
      [letter(other, me), letter(other, me)],
      [letter(other, me, third), letter(third, other, me)],
      [letter(tagged, me), letter(me, other)],
      [letter(me, other), letter(me, third)],
    ] as const)
      expect([belongTogether(one, two, nobodyMoved), belongTogether(two, one, nobodyMoved)]).toEqual([true, true]);
  });

  it('joins nothing on the word of one alone', () => {
    for (const [one, two] of [
      [letter(other, me), letter(third, me)],
      [letter(other, me), letter(third, me, other)],
      [letter(me, other), letter(third, me, other)],
      [letter(other, me, third), letter(third, me)],
    ] as const)
      expect([belongTogether(one, two, nobodyMoved), belongTogether(two, one, nobodyMoved)]).toEqual([false, false]);
  });

  it('takes somebody who has moved for one person, and nobody else', () => {
    for (const [one, two] of [
      [letter(me, other), letter(moved, me)],
      [letter(other, me), letter(moved, me)],
      [letter(third, me, other), letter(moved, me, third)],
    ] as const) {
      expect([belongTogether(one, two, otherMoved), belongTogether(two, one, otherMoved)]).toEqual([true, true]);
      expect(belongTogether(one, two, nobodyMoved)).toBe(false);
    }
    expect(belongTogether(letter(me, third), letter(moved, me), otherMoved)).toBe(false);
  });

  it('keeps the references of an endless thread bounded, with its root', () => {
    const references = Array.from({ length: 500 }, (_, index) => `<${String(index)}@x>`);
    const parent = { rfcMessageId: '<new@x>', threadId: 'T', references };
    const { references: kept, ...place } = placeInThread({ own: '<own@x>', parent });
    expect(place).toEqual({ threadId: 'T', inReplyTo: '<new@x>' });
    expect(kept).toHaveLength(MAX_REFERENCES);
    expect(kept[0]).toBe('<0@x>');
    expect(kept.at(-1)).toBe('<new@x>');
  });

  it('begins a thread with what answers nothing', () => {
    expect(placeInThread({ own: '<own@x>', parent: undefined })).toEqual({ threadId: '<own@x>', references: [] });
  });
});

describe('preview', () => {
  it('leaves quotes out, folds white space and never cuts a character in two', () => {
    expect(previewOf('> quoted\n\nHello   there\n-- \nBob')).toBe('Hello there -- Bob');
    expect(previewOf('😀'.repeat(500))).toBe('😀'.repeat(160));
  });
});
