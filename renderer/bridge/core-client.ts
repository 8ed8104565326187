import type { CoreContract } from '../../shared/contract/core-contract';
import type { CoreEvent } from '../../shared/contract/core-events';
import type { CallOf } from '../../shared/contract/rpc-kit';
import { CORE_LOST_MESSAGE, CORE_PORT_MESSAGE } from '../../shared/contract/shell-contract';
import { RpcClient } from '../../shared/contract/rpc-client';
import type { RpcClientWords } from '../../shared/contract/rpc-client';
import { portLine } from './port-line';
import type { ShellClient } from './shell-client';

/** The mail service as the page sees it. Calls made while there is no connection wait for the next one. */
export type CoreClient = {
  readonly call: CallOf<CoreContract>;
  /** Calls back with every event; returns how to stop. */
  subscribe(listener: (event: CoreEvent) => void): () => void;
  /** Calls back with true when a connection is there and false when it is lost, and at once with the present state. */
  watchConnection(listener: (connected: boolean) => void): () => void;
};

/** How long the page waits for the port that comes by itself before it asks for one, in milliseconds. */
const PORT_PATIENCE = 1_500;

const WORDS: RpcClientWords = {
  lost: 'Posthorn’s mail service stopped before it answered. It is being restarted; look whether the change was made.',
  unreadable: 'The answer of the mail service could not be read.',
};

const isTyped = (data: unknown): data is { readonly type: unknown } =>
  typeof data === 'object' && data !== null && 'type' in data;

/**
 * Waits for MessagePorts from the preload script and keeps the newest. An older port still answers what was asked over
 * it, so that a second port does no harm; when the core is lost, everything that waits fails with `connection-closed`.
 */
export const createCoreClient = (page: Window, shell: ShellClient): CoreClient => {
  const listeners = new Set<(event: CoreEvent) => void>();
  const watchers = new Set<(connected: boolean) => void>();
  const connections = new Set<RpcClient>();
  const queue: ((connection: RpcClient) => void)[] = [];
  let current: RpcClient | undefined;

  const accept = (port: MessagePort) => {
    const connection = new RpcClient(portLine(port), WORDS);
    connection.onEvent((event) => {
      if (connection === current) for (const listener of listeners) listener(event);
    });
    connections.add(connection);
    current = connection;
    for (const start of queue.splice(0)) start(connection);
    for (const watcher of watchers) watcher(true);
  };
  const lose = () => {
    current = undefined;
    for (const connection of connections) connection.close();
    connections.clear();
    for (const watcher of watchers) watcher(false);
    askForPort();
  };
  const askForPort = () => {
    page.setTimeout(() => {
      if (!current) shell.call('core.connect', {}).catch(() => askForPort());
    }, PORT_PATIENCE);
  };
  page.addEventListener('message', (message: MessageEvent<unknown>) => {
    if (message.source !== page || !isTyped(message.data)) return;
    const [port] = message.ports;
    if (message.data.type === CORE_PORT_MESSAGE && port) accept(port);
    if (message.data.type === CORE_LOST_MESSAGE) lose();
  });
  askForPort();

  const call: CoreClient['call'] = (method, params) =>
    current
      ? current.call(method, params)
      : new Promise((resolve, reject) => {
          queue.push((connection) => {
            connection.call(method, params).then(resolve, reject);
          });
        });
  return {
    call,
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
