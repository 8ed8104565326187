import type { Log, LogFields } from '../ports/runtime';

export type JsonLogOptions = {
  /** Takes one whole line with its line feed. */
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * A log of one JSON object per line: level, time, event and numbers. By its types nothing that names a person fits in.
 */
export function jsonLog({ write, now }: JsonLogOptions): Log {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
