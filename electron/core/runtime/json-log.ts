import type { Log, LogFields } from '../ports/runtime';

export type JsonLogOptions = {
  /** Takes one whole line with its line feed. */
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether `debug` lines are wanted. */
  readonly debug?: boolean;
};

/**
 * A log of one JSON object per line: level, time, event and numbers. By its types nothing that names a person fits in.
 */
export function jsonLog({ write, now, debug = false }: JsonLogOptions): Log {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return { ...(debug ? { debug: at('debug') } : {}), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Whether POSTHORN_LOG asks for debug lines. */
export function wantsDebug(env: NodeJS.ProcessEnv): boolean {
  return env['POSTHORN_LOG'] === 'debug';
}
