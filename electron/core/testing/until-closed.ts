import { PosthornError } from '../../../shared/errors';

/**
 * A core's share of workers that all cores of a test process use. As with workers of its own, closing rejects what it
 * has asked and what it asks later with PosthornError `connection-closed`; the workers stay for the others.
 */
export function untilClosed<T extends { close(): Promise<void> }>(workers: T): T {
  const closing = new AbortController();
  const shared = Object.entries(workers).map(([name, method]) => [
    name,
    (argument: unknown) => {
      const answer = (method as (o: unknown) => unknown)(argument);
      return answer instanceof Promise ? unlessClosed(closing.signal, answer) : answer;
    },
  ]);
  return {
    // Each method of the same name and type, under the condition that its core still runs.
    ...(Object.fromEntries(shared) as T),
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

function unlessClosed(signal: AbortSignal, answer: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(closed());
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    void answer.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

function closed(): PosthornError {
  return new PosthornError('connection-closed', 'The program is closing. Nothing was sent or changed.');
}
