import { MessageChannel } from 'node:worker_threads';
import type { MessagePort as NodePort } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CORE_LOST_MESSAGE, CORE_PORT_MESSAGE } from '../../shared/contract/shell-contract';
import { createCoreClient } from './core-client';
import type { ShellClient } from './shell-client';

const open: NodePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

type Listener = (message: object) => void;

/** A page that hears messages, and a shell that counts how often it was asked for a port. */
const makePage = () => {
  const listeners: Listener[] = [];
  const timers: (() => void)[] = [];
  const page = {
    addEventListener: (_: string, listener: Listener) => listeners.push(listener),
    setTimeout: (run: () => void) => timers.push(run),
  };
  const call = vi.fn(() => Promise.resolve({}));
  const client = createCoreClient(page as unknown as Window, { call } as unknown as ShellClient);
  const hear = (message: object) => listeners.forEach((listener) => listener({ source: page, ports: [], ...message }));
  return { client, hear, call, passTime: () => timers.splice(0).forEach((run) => run()) };
};

/** The core's end of a new port, which answers every call with `state`. */
const handOver = (hear: Listener, state: string) => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  port2.on('message', ({ id }: { id: number }) => port2.postMessage({ kind: 'result', id, result: { state } }));
  hear({ data: { type: CORE_PORT_MESSAGE }, ports: [port1] });
  return port2;
};

describe('createCoreClient', () => {
  it('lets calls wait for the first port', async () => {
    const { client, hear } = makePage();
    const call = client.call('profile.state', {});
    handOver(hear, 'locked');
    await expect(call).resolves.toEqual({ state: 'locked' });
  });

  it('hears only the page itself', () => {
    const { client, hear } = makePage();
    const states: boolean[] = [];
    client.watchConnection((connected) => states.push(connected));
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    hear({ data: { type: CORE_PORT_MESSAGE }, ports: [port1], source: {} });
    hear({ data: 'posthorn:core-port', ports: [port1] });
    expect(states).toEqual([false]);
  });

  it('fails what waits when the core is lost, asks for a port, and goes on with it', async () => {
    const { client, hear, call, passTime } = makePage();
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    hear({ data: { type: CORE_PORT_MESSAGE }, ports: [port1] });
    const lost = client.call('profile.state', {});
    hear({ data: { type: CORE_LOST_MESSAGE } });
    await expect(lost).rejects.toMatchObject({ code: 'connection-closed' });
    passTime();
    expect(call).toHaveBeenCalledWith('core.connect', {});
    handOver(hear, 'unlocked');
    await expect(client.call('profile.state', {})).resolves.toEqual({ state: 'unlocked' });
  });

  it('hears events from the newest port only', async () => {
    const { client, hear } = makePage();
    const seen: string[] = [];
    client.subscribe((event) => seen.push(event.type === 'profile.changed' ? event.profile.state : event.type));
    const [old, fresh] = [handOver(hear, 'new'), handOver(hear, 'new')];
    old.postMessage({ kind: 'event', event: { type: 'profile.changed', profile: { state: 'new' } } });
    await client.call('profile.state', {});
    fresh.postMessage({ kind: 'event', event: { type: 'profile.changed', profile: { state: 'locked' } } });
    await vi.waitFor(() => expect(seen).toEqual(['locked']));
  });
});
