import type { Clock, DialOutcome } from '../ports';

/** Longer than most first connections on the public network take, and far shorter than tor clings to a way that leads nowhere. */
const SECOND_TRY_MS = 10_000;

/**
 * Opens a stream with a second try beside the first when that has not been answered in 10 s: a stream that was begun while the
 * peer's service was just moving hangs for 35 s in tor, and a new one on a circuit of its own connects at once (measured).
 * The first to connect is taken, the other is closed; a failure counts when no try is left.
 * @param options.attempt must use another isolation for `try` 1 than for 0
 */
export function hedgedDial(options: { clock: Clock; attempt: (tryNumber: 0 | 1) => Promise<DialOutcome> }): Promise<DialOutcome> {
  return new Promise((resolve) => {
    let running = 0;
    let settled = false;
    let cancel = () => {};
    const settle = (outcome: DialOutcome) => {
      settled = true;
      cancel();
      resolve(outcome);
    };
    const take = (outcome: DialOutcome) => {
      running -= 1;
      if (!settled && (outcome.outcome === 'connected' || running === 0)) settle(outcome);
      else if (outcome.outcome === 'connected') outcome.socket.destroy();
    };
    const start = (tryNumber: 0 | 1) => {
      running += 1;
      void options.attempt(tryNumber).then(take);
    };
    cancel = options.clock.setTimer(SECOND_TRY_MS, () => {
      start(1);
    });
    start(0);
  });
}
