import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Clock, Log } from '../../../ports/runtime';
import type { SubmissionAccount } from '../../../ports/submission';
import { systemClock } from '../../../runtime/system-clock';
import { createReceivingBudget } from '../../receiving-budget';
import { SubmissionServer } from '../submission-server';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The one app password that these servers know. */
export const user = 'alice';
export const password = 'abcde-fghij-klmno-pqrst';

export type ServedSubmission = { readonly port: number; readonly server: SubmissionServer; stop(): Promise<void> };

/** The real submission server on a port of loopback, for whoever has the password. */
export async function serveSubmission(
  account: SubmissionAccount,
  o: {
    readonly clock?: Clock;
    readonly tls?: { readonly key: string; readonly cert: string };
    /** For all letters that are arriving. */
    readonly octets?: number;
  } = {},
): Promise<ServedSubmission> {
  const { clock = systemClock(), octets, ...tls } = o;
  const budget = octets === undefined ? {} : { budget: createReceivingBudget(octets) };
  const server = new SubmissionServer({ clock, log: silent, ...tls, ...budget });
  const logIn = (typed: { user: string; password: string }): Promise<SubmissionAccount | undefined> =>
    Promise.resolve(typed.user === user && typed.password === password ? account : undefined);
  const listener = createServer({ allowHalfOpen: true }, (socket) => server.serve(socket, { logIn }));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    server,
    stop: async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      await server.stop();
      await closed;
    },
  };
}
