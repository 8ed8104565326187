import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId } from '../../../../shared/ids';
import { MailAddress } from '../../../../shared/ids';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import type { MailStore } from '../../ports/storage/mail-store';
import { addBob, DAVE, envelopeFacts, ERIN, receipt } from '../testing/custody-fixtures';
import { BOB, newContactId, NOW, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import type { CustodyAsRecipient } from '../../ports/storage/custody-as-recipient';

type Entry = HeldEnvelopeFacts['outstanding'][number];

describe('mail that holders have and did not bring', () => {
  let test: TestStore;
  let store: MailStore;
  let bob: ContactId;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
    bob = addBob(test);
    test.events.clear();
  });
  afterEach(() => test.remove());

  const at = NOW + 1_000;
  const entry = (counter: number, change: Partial<Entry> = {}): Entry => ({
    counter,
    messageId: `<${counter}@b>`,
    receipts: [receipt(DAVE, { at: NOW + counter })],
    ...change,
  });
  const control = (
    counter: number,
    outstanding: readonly Entry[],
    messageId = `<${counter}@b>`,
  ): ReturnType<CustodyAsRecipient['recordEnvelope']> =>
    store.custody.asRecipient.recordEnvelope({
      contactId: bob,
      facts: envelopeFacts(counter, outstanding),
      messageId,
      now: at,
    });

  it('is found once, and told with the holder that signed for it', () => {
    expect(control(3, [entry(2), entry(1, { receipts: [receipt(ERIN), receipt(DAVE)] })])).toEqual([
      { messageId: '<2@b>', holder: DAVE },
      { messageId: '<1@b>', holder: ERIN },
    ]);
    expect(control(4, [entry(2), entry(1)])).toEqual([]);
    expect(control(6, [entry(5, { receipts: [] }), entry(4)])).toEqual([
      { messageId: '<5@b>' },
      { messageId: '<4@b>', holder: DAVE },
    ]);
    expect(test.reopen().custody.asRecipient.missing()).toEqual([
      { contactId: bob, holder: DAVE, count: 2, since: NOW + 2 },
      { contactId: bob, holder: ERIN, count: 1, since: NOW + 10 },
      { contactId: bob, count: 1, since: at },
    ]);
    expect(test.events.types()).toEqual(['holding.changed', 'holding.changed']);
  });

  it('is not what came before, under any tag, or what was sent later', async () => {
    const tagged = MailAddress.parse(BOB.replace('@', '+list@'));
    const elsewhere = MailAddress.parse(`bob+x@${'e'.repeat(56)}.onion`);
    await store.messages.receive(received({ rfcMessageId: '<1@b>' }));
    await store.messages.receive(received({ rfcMessageId: '<2@b>', from: tagged }));
    await store.messages.receive(received({ rfcMessageId: '<3@b>', from: elsewhere }));
    expect(store.control.record({ from: BOB, rfcMessageId: '<4@b>' })).toBe(true);
    test.events.clear();
    expect(
      control(
        7,
        [1, 2, 3, 4, 7, 8].map((counter) => entry(counter)),
      ).map(({ messageId }) => messageId),
    ).toEqual(['<3@b>']);
    expect(control(9, [entry(2, { messageId: '<9@b>' })])).toEqual([]);
  });

  it('is no gap between numbers alone', () => {
    expect(control(1, [])).toEqual([]);
    expect(control(9, [])).toEqual([]);
    expect([store.custody.asRecipient.missing(), test.events.seen]).toEqual([[], []]);
  });

  it('is missing no longer when it comes, directly or in an envelope', () => {
    control(4, [entry(1), entry(2), entry(3)]);
    test.events.clear();
    store.custody.asRecipient.recordArrived({ contactId: bob, messageId: '<1@b>' });
    store.custody.asRecipient.recordArrived({ contactId: bob, messageId: '<1@b>' });
    control(2, []);
    expect(store.custody.asRecipient.missing()).toMatchObject([{ count: 1, since: NOW + 3 }]);
    expect(test.events.types()).toEqual(['holding.changed', 'holding.changed']);
  });

  it('is not shown again when the person knows, and goes with the contact', () => {
    control(3, [entry(1)]);
    test.events.clear();
    store.custody.asRecipient.dismissMissing(bob);
    store.custody.asRecipient.dismissMissing(bob);
    expect(store.custody.asRecipient.missing()).toEqual([]);
    expect(test.events.types()).toEqual(['holding.changed']);
    expect(control(4, [entry(1)])).toEqual([]);
    control(5, [entry(4)]);
    test.events.clear();
    store.contacts.remove(bob);
    expect(store.custody.asRecipient.missing()).toEqual([]);
    expect(test.events.types()).toEqual(['contact.removed', 'holding.changed']);
  });

  it('is bounded for one contact', () => {
    for (let round = 0; round < 12; round += 1) {
      control(
        1_000,
        Array.from({ length: 30 }, (_, index) => entry(index, { messageId: `<${round}.${index}@b>` })),
      );
    }
    expect(store.custody.asRecipient.missing()).toMatchObject([{ count: 200 }]);
    expect(() =>
      store.custody.asRecipient.recordEnvelope({
        contactId: newContactId(),
        facts: envelopeFacts(1),
        messageId: '<1@b>',
        now: at,
      }),
    ).toThrow(expect.objectContaining({ code: 'contact-unknown' }) as Error);
  });
});
