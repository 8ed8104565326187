import { expect, it } from 'vitest';
import type { CoreEvent } from '../../../../../shared/contract/core-events';
import { ContactId, CustodyId, IdentityId, MailAddress, OnionHost } from '../../../../../shared/ids';
import type { HeldEnvelopeFacts } from '../../../ports/custody-crypto';
import { SettableClock } from '../../../testing/settable-clock';
import type { Mailbox } from '../../mailbox';
import { CollectProgress } from './collect-progress';
import { GapWatch } from './gap-watch';

// Mail that was taken is followed up while its identity closes: what it says must not outlast the lock.
const onion = OnionHost.parse(`${'a'.repeat(55)}d.onion`);
const address = MailAddress.parse(`alice@${onion}`);
const uuid = '0b5c2c6e-3c3f-4d59-9d0a-3f9a3b1f4f10';
const handedOver = { custodyId: CustodyId.parse(uuid), holder: onion, left: 3 };

it('tells of no progress once it is closed, and still knows what comes again', () => {
  const clock = new SettableClock();
  const told: CoreEvent[] = [];
  const events = { publish: (event: CoreEvent) => void told.push(event), subscribe: () => () => undefined };
  const progress = new CollectProgress({ clock, events }, IdentityId.parse(uuid));
  progress.close();
  expect([progress.handedOver(handedOver), progress.handedOver(handedOver)]).toEqual([false, true]);
  expect(told).toEqual([]);
  expect(clock.untilNextTimer()).toBeUndefined();
});

it('looks for no gap once it is closed', () => {
  const clock = new SettableClock();
  const services = { clock } as unknown as ConstructorParameters<typeof GapWatch>[0];
  const gaps = new GapWatch(services, { identity: () => ({ address }) } as unknown as Mailbox);
  const facts: HeldEnvelopeFacts = {
    sender: address,
    holder: onion,
    tokenIndex: 0,
    counter: 1,
    outstanding: [],
    signature: '',
  };
  const envelope = { contactId: ContactId.parse(uuid), facts, messageId: '<1@example>' };
  gaps.close();
  gaps.envelopeCame(envelope);
  expect(clock.untilNextTimer()).toBeUndefined();
});
