import type { AddressInfo } from 'node:net';
import type { Clock, Log, Random } from '../ports/runtime';
import type { LocalServer, PrivateSockets } from '../ports/local-server';
import type { SmtpListeners } from '../ports/smtp';
import { OnionSmtpServer } from './onion-smtp-server';
import { createReceivingBudget, type ReceivingBudget } from './receiving-budget';

/**
 * Connections that the system keeps for us while we are busy. Past them it leaves peers waiting for a greeting that
 * never comes.
 */
const BACKLOG = 4_096;

/**
 * SMTP listeners (RFC 5321, PROTOCOL.md 4), one for each identity, each behind a door of its own that only that
 * identity's onion service leads to. All of one core share `receivingBudget`, the memory for mail that is arriving.
 */
export function createSmtpListeners(o: {
  clock: Clock;
  log: Log;
  random: Pick<Random, 'uuid'>;
  receivingBudget?: ReceivingBudget;
  /** Absent: loopback ports, which every user of the machine can reach. */
  sockets?: Pick<PrivateSockets, 'next' | 'isThere'>;
}): SmtpListeners {
  const budget = o.receivingBudget ?? createReceivingBudget();
  return {
    start: async ({ name, handler }) => {
      const server = new OnionSmtpServer({
        name,
        clock: o.clock,
        services: { handler, budget, random: o.random, log: o.log },
      });
      const path = await o.sockets?.next();
      const local = await listen(server, path);
      return path === undefined ? local : { ...local, isOpen: async () => (await o.sockets?.isThere(path)) ?? true };
    },
  };
}

async function listen(server: OnionSmtpServer, path: string | undefined): Promise<LocalServer> {
  const place = path === undefined ? { host: '127.0.0.1', port: 0 } : { path };
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen({ ...place, backlog: BACKLOG }, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const door = path ?? (server.server.address() as AddressInfo).port;
  return { door, stop: () => server.stop() };
}
