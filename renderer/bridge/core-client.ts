import type { CoreContract } from '../../shared/core-contract';
import type { CoreEvent } from '../../shared/core-events';
import type { CallOf } from '../../shared/rpc-kit';
import { CORE_LOST_MESSAGE, CORE_PORT_MESSAGE } from '../../shared/shell-contract';
import { openConnection } from './core-connection';
import type { CoreConnection } from './core-connection';
import type { ShellClient } from './shell-client';

/** The mail service as the page sees it. Calls made while there is no connection wait for the next one. */
export type CoreClient = {
  readonly call: CallOf<CoreContract>;
  /** Calls back with every event; returns how to stop. */
  subscribe(listener: (event: CoreEvent) => void): () => void;
  /** Calls back with true when a connection is there and false when it is lost, and at once with the present state. */
  watchConnection(listener: (connected: boolean) => void): () => void;
};

/** How long the page waits for the port that comes by itself before it asks for one. */
const patience = 1_500;

const isTyped = (data: unknown): data is { readonly type: unknown } =>
  typeof data === 'object' && data !== null && 'type' in data;

/**
 * Waits for MessagePorts from the preload script and keeps the newest. An older port still answers what was asked over
 * it, so that a second port does no harm; when the core is lost, everything that waits fails with `connection-closed`.
 */
export const createCoreClient = (page: Window, shell: ShellClient): CoreClient => {
  const listeners = new Set<(event: CoreEvent) => void>();
  const watchers = new Set<(connected: boolean) => void>();
  const connections = new Set<CoreConnection>();
  const queue: ((connection: CoreConnection) => void)[] = [];
  let current: CoreConnection | undefined;

  const accept = (port: MessagePort) => {
    const connection = openConnection(port, (event) => {
      if (connection === current) for (const listener of listeners) listener(event);
    });
    connections.add(connection);
    current = connection;
    for (const start of queue.splice(0)) start(connection);
    for (const watcher of watchers) watcher(true);
  };
  const lose = () => {
    current = undefined;
    for (const connection of connections) connection.fail();
    connections.clear();
    for (const watcher of watchers) watcher(false);
    askForPort();
  };
  const askForPort = () => {
    page.setTimeout(() => {
      if (!current) shell.call('core.connect', {}).catch(() => askForPort());
    }, patience);
  };
  page.addEventListener('message', (message: MessageEvent<unknown>) => {
    if (message.source !== page || !isTyped(message.data)) return;
    const [port] = message.ports;
    if (message.data.type === CORE_PORT_MESSAGE && port) accept(port);
    if (message.data.type === CORE_LOST_MESSAGE) lose();
  });
  askForPort();

  const call = (method: keyof CoreContract, params: unknown): Promise<unknown> =>
    current
      ? current.call(method, params)
      : new Promise((resolve, reject) => {
          queue.push((connection) => {
            connection.call(method, params).then(resolve, reject);
          });
        });
  return {
    // The contract ties each method to its result; the connection parses every one.
    call: call as CoreClient['call'],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchConnection: (watcher) => {
      watchers.add(watcher);
      watcher(current !== undefined);
      return () => watchers.delete(watcher);
    },
  };
};
