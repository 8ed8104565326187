import { MessageChannel } from 'node:worker_threads';
import type { MessagePort as NodePort } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CoreEvent } from '../../shared/core-events';
import { openConnection } from './core-connection';

const open: NodePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A connection, the core's end of it, and the events it passed on. `answer` makes the reply to each request. */
const connect = (answer: (request: { id: number; method: string; params: unknown }) => unknown) => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const events: CoreEvent[] = [];
  port2.on('message', (request: { id: number; method: string; params: unknown }) => {
    const reply = answer(request);
    if (reply !== undefined) port2.postMessage(reply);
  });
  // Node's port has the browser's methods, under a type of its own.
  const connection = openConnection(port1 as unknown as MessagePort, (event) => events.push(event));
  return { connection, core: port2, events };
};

describe('openConnection', () => {
  it('resolves with the parsed result of its own call', async () => {
    const { connection } = connect(({ id }) => ({ kind: 'result', id, result: { state: 'locked' } }));
    await expect(connection.call('profile.state', {})).resolves.toEqual({ state: 'locked' });
  });

  it('rejects a result that breaks the contract', async () => {
    const { connection } = connect(({ id }) => ({ kind: 'result', id, result: { state: 'ajar' } }));
    await expect(connection.call('profile.state', {})).rejects.toMatchObject({
      name: 'PosthornError',
      code: 'internal',
    });
  });

  it('rejects with the core’s error', async () => {
    const error = { code: 'passphrase-delayed', message: 'Wait a moment.', retryAt: 5 };
    const { connection } = connect(({ id }) => ({ kind: 'error', id, error }));
    await expect(connection.call('profile.state', {})).rejects.toMatchObject(error);
  });

  it('ignores what is neither a reply nor an event, and replies to nobody', async () => {
    const { connection, core } = connect(({ id }) => ({ kind: 'result', id, result: { state: 'new' } }));
    core.postMessage('garbage');
    core.postMessage({ kind: 'result', id: 999, result: {} });
    core.postMessage({ kind: 'event', event: { type: 'message.stolen' } });
    await expect(connection.call('profile.state', {})).resolves.toEqual({ state: 'new' });
  });

  it('passes events on in order', async () => {
    const { core, events } = connect(() => undefined);
    for (const state of ['locked', 'unlocked'])
      core.postMessage({ kind: 'event', event: { type: 'profile.changed', profile: { state } } });
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events.map((event) => event.type === 'profile.changed' && event.profile.state)).toEqual([
      'locked',
      'unlocked',
    ]);
  });

  it('fails what waits when the core is gone', async () => {
    const { connection } = connect(() => undefined);
    const call = connection.call('profile.state', {});
    connection.fail();
    await expect(call).rejects.toMatchObject({ code: 'connection-closed' });
  });
});
