import { beforeEach, describe, expect, it } from 'vitest';
import type { CoreEvent } from '../../../shared/contract/core-events';
import { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { useToasts } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';
import { namesIn } from '../../queries/use-contacts';
import type { NameOf } from '../../queries/use-contacts';
import { followDelivery } from './follow-delivery';

const bob = `bob@${'a'.repeat(56)}.onion`;
const id = crypto.randomUUID();
const identityId = crypto.randomUUID();
const delivery = {
  id: crypto.randomUUID(),
  identityId,
  messageId: id,
  recipient: bob,
  state: 'waiting-for-tor',
  reason: 'none',
  attempts: 0,
  expiresAt: 1,
};
const message = MessageSummary.parse({
  id,
  identityId,
  mailboxId: crypto.randomUUID(),
  folder: 'outbox',
  sequence: 1,
  threadId: 't',
  from: bob,
  to: [bob],
  cc: [],
  subject: '',
  preview: '',
  date: 1,
  storedAt: 1,
  orderedAt: 1,
  seen: true,
  flagged: false,
  answered: false,
  attachmentCount: 0,
  size: 1,
  protection: 'own',
  protectionReason: 'own',
  deliveries: [delivery],
});

const openEvents = () => {
  const listeners = new Set<(event: CoreEvent) => void>();
  const subscribe: Services['core']['subscribe'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const change = (patch: object) => {
    const event = { type: 'delivery.changed', delivery: { ...message.deliveries[0]!, ...patch } } as CoreEvent;
    for (const listener of [...listeners]) listener(event);
  };
  return { subscribe, change, count: () => listeners.size };
};

const follow = ({ subscribe }: ReturnType<typeof openEvents>, nameOf: NameOf = localPartOf): void => {
  const core = {
    subscribe,
    call: () => Promise.reject(new Error('not called')),
    watchConnection: () => () => undefined,
  };
  followDelivery({ core, nameOf }, message);
};

const toasts = () => useToasts.getState().shown.map(({ text, tone }) => ({ text, tone }));

describe('followDelivery', () => {
  beforeEach(() => useToasts.setState({ shown: [] }));

  it('replaces its toast as the delivery goes on, and stops at the end', () => {
    const events = openEvents();
    follow(events);
    expect(toasts()).toEqual([{ text: 'In the Outbox: waiting for Tor', tone: 'info' }]);
    events.change({ state: 'delivering' });
    expect(toasts()).toEqual([{ text: 'Delivering to bob…', tone: 'info' }]);
    events.change({ state: 'delivered', deliveredAt: 1 });
    expect(toasts()).toEqual([{ text: 'Delivered to bob', tone: 'info' }]);
    expect(events.count()).toBe(0);
  });

  it('calls people by the name that their contact has', () => {
    const events = openEvents();
    follow(events, namesIn([{ address: bob, name: 'Bob from the choir' }]));
    events.change({ state: 'delivering' });
    expect(toasts()).toEqual([{ text: 'Delivering to Bob from the choir…', tone: 'info' }]);
    events.change({ state: 'failed', reason: 'unknown-mailbox' });
    expect(toasts()).toEqual([
      { text: 'Not delivered to Bob from the choir: nobody of that name lives at this onion', tone: 'danger' },
    ]);
  });

  it('calls people without a name by their local part', () => {
    const events = openEvents();
    follow(events, namesIn([{ address: bob, name: '' }]));
    events.change({ state: 'delivered', deliveredAt: 1 });
    expect(toasts()).toEqual([{ text: 'Delivered to bob', tone: 'info' }]);
  });

  it('never says delivered of what somebody keeps', () => {
    const events = openEvents();
    follow(events);
    events.change({ state: 'held', heldBy: 2, heldUntil: 5 });
    expect(toasts()).toEqual([{ text: 'Kept for bob until they are online', tone: 'info' }]);
    expect(events.count()).toBe(1);
    events.change({ state: 'delivered', deliveredAt: 1 });
    expect(toasts()).toEqual([{ text: 'Delivered to bob', tone: 'info' }]);
  });

  it('says why it failed', () => {
    const events = openEvents();
    follow(events);
    events.change({ state: 'failed', reason: 'unknown-mailbox' });
    expect(toasts()).toEqual([
      { text: 'Not delivered to bob: nobody of that name lives at this onion', tone: 'danger' },
    ]);
  });
});
