import type { DialOutcome } from '../ports/onion';
import type { Clock } from '../ports/runtime';

/**
 * When further tries join the first: the first pause is longer than most first connections on the public network take,
 * all are far shorter than tor takes to give up a way that leads nowhere. The later ones are for a service that comes
 * back meanwhile.
 */
const FURTHER_TRIES_MS = [10_000, 20_000, 40_000] as const;

/** `afterMs`: how long the dial has lasted when this try begins; `signal`: it is needed no more. */
export type Try = { readonly number: number; readonly afterMs: number; readonly signal: AbortSignal };

/** Undefined: there is no room for this try. */
type Attempt = (options: Try) => Promise<DialOutcome> | undefined;

/**
 * Opens a stream, with further tries beside the first while that has not been answered: a stream that was begun while
 * the peer's service was just moving hangs in tor for 35 s and longer, and a new one on a circuit of its own connects
 * at once (measured). The first to connect is taken, the others are ended; a failure counts when no try is left.
 * @param options.attempt must use another isolation for each `number`, 0 to 3, and must make the first try
 */
export function hedgedDial(options: { clock: Clock; attempt: Attempt }): Promise<DialOutcome> {
  return new Promise((resolve) => {
    let running = 0;
    let settled = false;
    const losers = new AbortController();
    const cancels: (() => void)[] = [];
    const settle = (outcome: DialOutcome) => {
      settled = true;
      for (const cancel of cancels) cancel();
      resolve(outcome);
      losers.abort();
    };
    const take = (outcome: DialOutcome) => {
      running -= 1;
      if (!settled && (outcome.outcome === 'connected' || running === 0)) settle(outcome);
      else if (outcome.outcome === 'connected') outcome.socket.destroy();
    };
    const start = (number: number, afterMs: number) => {
      const attempt = options.attempt({ number, afterMs, signal: losers.signal });
      if (!attempt) return;
      running += 1;
      void attempt.then(take);
    };
    start(0, 0);
    FURTHER_TRIES_MS.forEach((at, index) => {
      cancels.push(
        options.clock.setTimer(at, () => {
          start(index + 1, at);
        }),
      );
    });
  });
}
