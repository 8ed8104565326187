import type { DialOutcome } from '../ports/onion';
import type { Clock } from '../ports/runtime';
import type { SmtpSender } from '../ports/smtp';
import { QueueRunRequest } from './queue-run-request';
import { deferred, outcomeOfDialFailure } from './send-outcome';
import { SmtpTransfer } from './smtp-transfer';

/**
 * Sends mail over connections that somebody else dials (RFC 5321, PROTOCOL.md 4): no name is looked up here, no TLS is
 * spoken, EHLO names the sender's own onion or no onion. `clock` drives every timeout.
 */
export function createSmtpSender({ clock }: { clock: Clock }): SmtpSender {
  return {
    send: async ({ dial, ...transfer }) => {
      const dialled = await dialUnlessAborted(dial, transfer.signal);
      if (dialled === undefined) return deferred('interrupted');
      if (dialled.outcome === 'failed') return outcomeOfDialFailure(dialled.failure);
      return new SmtpTransfer({ clock, transfer, socket: dialled.socket }).run();
    },
    requestQueueRun: async ({ node, dial, signal }) => {
      const dialled = await dialUnlessAborted(dial, signal).catch(() => undefined);
      if (dialled?.outcome !== 'connected') return 'unreachable';
      return new QueueRunRequest({ clock, signal, socket: dialled.socket }).run(node);
    },
  };
}

/** Undefined when the signal came first; a connection that comes after it is closed again. */
async function dialUnlessAborted(
  dial: () => Promise<DialOutcome>,
  signal: AbortSignal,
): Promise<DialOutcome | undefined> {
  if (signal.aborted) return undefined;
  const dialling = dial();
  let stop: () => void = () => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  const first = await Promise.race([dialling, aborted]);
  signal.removeEventListener('abort', stop);
  if (first === undefined) void dialling.then(closeUnused, () => undefined);
  return first;
}

function closeUnused(dialled: DialOutcome): void {
  if (dialled.outcome === 'connected') dialled.socket.destroy();
}
