import { PosthornError } from '../../../shared/errors';
import type { Events, Log } from '../ports/runtime';

/** Words that the code itself chose look like this; nothing that names a person or a place does. */
const CODE_WORD = /^[a-z]+(-[a-z]+){0,5}$/;

type Trace = { readonly log: Log; readonly name: string };

/**
 * The same port, with a debug line when a call of it ends: which call, with which outcome or code, after how many
 * milliseconds. Arguments and answers are never written. Without a debug log it is the port itself.
 */
export function traceCalls<T extends object>(port: T, { log, name }: Trace): T {
  if (log.debug === undefined) return port;
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown =>
        traced({ log, name: `${name}.${String(key)}` }, () => Reflect.apply(member, target, args) as unknown);
    },
  });
}

/** A debug line for each committed event, with the state of deliveries. */
export function traceEvents(events: Pick<Events, 'subscribe'>, log: Log): void {
  if (log.debug === undefined) return;
  events.subscribe((event) => {
    const state = event.type === 'delivery.changed' ? `.${event.delivery.state}` : '';
    log.debug?.(`event.${event.type}${state}`);
  });
}

function traced(trace: Trace, run: () => unknown): unknown {
  const started = performance.now();
  try {
    const answer = run();
    if (!(answer instanceof Promise)) return note(trace, { answer, started });
    return answer.then(
      (value: unknown) => note(trace, { answer: value, started }),
      (error: unknown) => fail(trace, { error, started }),
    );
  } catch (error) {
    return fail(trace, { error, started });
  }
}

function note<T>({ log, name }: Trace, { answer, started }: { answer: T; started: number }): T {
  const { outcome, code } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  const word = typeof outcome === 'string' && CODE_WORD.test(outcome) ? `.${outcome}` : '';
  log.debug?.(`${name}${word}`, { ms: since(started), ...(typeof code === 'number' ? { code } : {}) });
  return answer;
}

function fail({ log, name }: Trace, { error, started }: { error: unknown; started: number }): never {
  const word = error instanceof PosthornError ? error.code : 'fault';
  log.debug?.(`${name}.failed.${word}`, { ms: since(started) });
  throw error;
}

const since = (started: number): number => Math.round((performance.now() - started) * 10) / 10;
