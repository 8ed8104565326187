import { expect, test } from 'vitest';
import { EventFeed } from './event-feed';
import { memoryChannel } from '../testing/memory-channel';

function feed(maxBacklog: number) {
  const listeners = new Set<(event: unknown) => void>();
  const events = new EventFeed({
    maxBacklog,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const publish = (event: unknown): void => listeners.forEach((listener) => listener(event));
  return { events, publish, listeners };
}

test('every client gets every event, in order', async () => {
  const { events, publish } = feed(100);
  const lines = [memoryChannel(), memoryChannel()];
  for (const line of lines) events.attach(line.channel);
  publish('first');
  publish('second');
  for (const line of lines) {
    expect(await line.sent(2)).toEqual([
      { kind: 'event', event: 'first' },
      { kind: 'event', event: 'second' },
    ]);
  }
});

test('a client that does not drain is closed; the others are not', async () => {
  const { events, publish } = feed(100);
  const slow = memoryChannel();
  const quick = memoryChannel();
  let closed = false;
  slow.channel.onClose(() => {
    closed = true;
  });
  for (const line of [slow, quick]) events.attach(line.channel);
  slow.setBacklog(101);
  publish('news');
  expect(closed).toBe(true);
  expect(await slow.sent(0)).toEqual([]);
  expect(await quick.sent(1)).toHaveLength(1);
});

test('stopping closes the clients and listens no longer', () => {
  const { events, listeners } = feed(100);
  const line = memoryChannel();
  events.attach(line.channel);
  let closed = false;
  line.channel.onClose(() => {
    closed = true;
  });
  events.stop();
  expect(closed).toBe(true);
  expect(listeners.size).toBe(0);
});
