import type { AddressInfo } from 'node:net';
import type { Clock, Log, Random } from '../ports/runtime';
import type { LoopbackServer, SmtpListeners } from '../ports/smtp';
import { OnionSmtpServer } from './onion-smtp-server';
import { createReceivingBudget, type ReceivingBudget } from './receiving-budget';

/**
 * Connections that the system keeps for us while we are busy. Past them it leaves peers waiting for a greeting that
 * never comes.
 */
const BACKLOG = 4_096;

/**
 * SMTP listeners (RFC 5321, PROTOCOL.md 4), one for each identity, each on a loopback port of its own that only that
 * identity's onion service leads to. All of one core share `receivingBudget`, the memory for mail that is arriving.
 */
export function createSmtpListeners(o: {
  clock: Clock;
  log: Log;
  random: Pick<Random, 'uuid'>;
  receivingBudget?: ReceivingBudget;
}): SmtpListeners {
  const budget = o.receivingBudget ?? createReceivingBudget();
  return {
    start: async ({ name, handler }) => {
      const server = new OnionSmtpServer({
        name,
        clock: o.clock,
        services: { handler, budget, random: o.random, log: o.log },
      });
      return listen(server);
    },
  };
}

async function listen(server: OnionSmtpServer): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => server.stop() };
}
