import { MessageChannel } from 'node:worker_threads';
import type { MessagePort as NodePort } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RpcClient } from '../../shared/contract/rpc-client';
import { portLine } from './port-line';

const open: NodePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A line over a real port, and the core's end of it. */
const connect = () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  // Node's port has the browser's methods, under a type of its own.
  return { line: portLine(port1 as unknown as MessagePort), core: port2 };
};

describe('portLine', () => {
  it('carries a call to the core and its result back', async () => {
    const { line, core } = connect();
    core.on('message', ({ id }: { id: number }) => core.postMessage({ kind: 'result', id, result: { state: 'new' } }));
    await expect(new RpcClient(line).call('profile.state', {})).resolves.toEqual({ state: 'new' });
  });

  it('keeps messages in the order in which the core sent them', async () => {
    const { line, core } = connect();
    const heard: unknown[] = [];
    line.onMessage((message) => heard.push(message));
    for (let number = 0; number < 50; number += 1) core.postMessage(number);
    await vi.waitFor(() => expect(heard).toEqual(Array.from({ length: 50 }, (_, index) => index)));
  });

  it('tells once that it has closed, and at once whoever asks later', () => {
    const { line } = connect();
    const told: string[] = [];
    line.onClose(() => told.push('early'));
    line.close();
    line.close();
    line.onClose(() => told.push('late'));
    expect(told).toEqual(['early', 'late']);
  });

  it('fails a call that waits when the shell says that the core is gone', async () => {
    const { line } = connect();
    const call = new RpcClient(line).call('profile.state', {});
    line.close();
    await expect(call).rejects.toMatchObject({ code: 'connection-closed' });
  });
});
