import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import type { Delivery } from '../../../../shared/message';
import type { SendOutcome } from '../../domain/delivery-outcome';
import { createMime } from '../../mime/create-mime';
import type { MailStore } from '../../ports/storage/mail-store';
import { systemRandom } from '../../runtime/system-random';
import { openTestStore, saveDraft, submitted, vaultIdentity, type TestStore } from '../../store/testing/store-fixtures';
import { SettableClock } from '../../testing/settable-clock';
import { recordOutcome } from './record-outcome';
import { LEAST_TRIED_MS } from '../../domain/custody-limits';

const refused: SendOutcome = { outcome: 'refused', reason: 'refused', code: 550 };
const deferred: SendOutcome = { outcome: 'deferred', reason: 'offline' };

let opened: TestStore;
let mailbox: Parameters<typeof recordOutcome>[1];
let delivery: Delivery;
const services = { clock: new SettableClock(), random: systemRandom(), mime: createMime() };

beforeEach(() => {
  opened = openTestStore();
  const identity = vaultIdentity();
  mailbox = { identity: () => identity, ...opened.store };
  [delivery] = opened.store.outbox.submit(submitted(saveDraft(opened.store))).deliveries as [Delivery];
});
afterEach(() => {
  opened.remove();
});

const bounces = (): string[] =>
  opened.store.messages.page({ folder: 'inbox', limit: 10 }).messages.map(({ subject }) => subject);

describe('what a try came to', () => {
  it('is a failure with one bounce, although the first write of the failure is lost', async () => {
    const breaks: MailStore = {
      ...opened.store,
      outbox: {
        ...opened.store.outbox,
        changeDelivery: () => {
          throw new PosthornError('disk-full', 'full');
        },
      },
    };
    await expect(
      recordOutcome(services, { ...mailbox, ...breaks }, { delivery, outcome: refused }),
    ).rejects.toMatchObject({ code: 'disk-full' });
    expect(opened.store.outbox.delivery(delivery.id).state).toBe('waiting-for-tor');
    await recordOutcome(services, mailbox, { delivery, outcome: refused });
    expect(opened.store.outbox.delivery(delivery.id).state).toBe('failed');
    expect(bounces()).toEqual(['Not delivered: Cider']);
  });

  it('does not bring back what was cancelled', async () => {
    opened.store.outbox.changeDelivery(delivery.id, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    for (const outcome of [deferred, refused]) await recordOutcome(services, mailbox, { delivery, outcome });
    expect(opened.store.outbox.delivery(delivery.id).state).toBe('cancelled');
    expect(bounces()).toEqual([]);
  });

  it('tells the truth when the cancel came too late', async () => {
    opened.store.outbox.changeDelivery(delivery.id, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    await recordOutcome(services, mailbox, { delivery, outcome: { outcome: 'delivered' } });
    expect(opened.store.outbox.delivery(delivery.id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('does not give up what a holder has signed for during the last try', async () => {
    const late = new SettableClock(delivery.expiresAt + 1);
    // A receipt from a holder writes this while the try is under way.
    const prolonged: MailStore = {
      ...opened.store,
      outbox: {
        ...opened.store.outbox,
        tryTime: () => ({ ms: LEAST_TRIED_MS, at: late.now() }),
        delivery: (id) => ({
          ...opened.store.outbox.delivery(id),
          expiresAt: delivery.expiresAt + 86_400_000,
          heldBy: 1,
        }),
      },
    };
    await recordOutcome({ ...services, clock: late }, { ...mailbox, ...prolonged }, { delivery, outcome: deferred });
    expect(opened.store.outbox.delivery(delivery.id).state).toBe('recipient-offline');
    expect(bounces()).toEqual([]);
  });
});
