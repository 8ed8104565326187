import type { CoreEvent } from '../../../shared/contract/core-events';

export type Unsubscribe = () => void;

/** Wall clock in milliseconds since 1970 UTC, and timers that a test can wind by hand. */
export type Clock = {
  now(): number;
  /** Calls `run` once, `milliseconds` from now; the answer cancels it. */
  setTimer(milliseconds: number, run: () => void): Unsubscribe;
};

export type Random = {
  bytes(length: number): Uint8Array;
  uuid(): string;
  /** Uniform in [0, 1). */
  fraction(): number;
};

/** Cannot hold the name of a person: values are numbers, booleans, or words that the code itself chose. */
export type LogFields = Readonly<Record<string, number | boolean>>;

export type Log = {
  /** What happens, step by step, for developers. Absent unless it was asked for (POSTHORN_LOG=debug). */
  debug?(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** Events tell of committed state; nothing in the core waits for one to decide what to do about mail. */
export type Events = {
  publish(event: CoreEvent): void;
  subscribe(listener: (event: CoreEvent) => void): Unsubscribe;
};
