import type { RpcClient } from '../../../shared/contract/rpc-client';

/** Exit statuses of the `posthorn` command. */
export const exitStatus = { ok: 0, failed: 1, usage: 2, notRunning: 3, notDelivered: 4 } as const;

/** How a command shows what it found: as text for a person, or as one JSON value per line for a program. */
export type Output = {
  /** Prints `value` with `--json`, and otherwise the lines. Text of strangers in `lines` must be plain already. */
  result(value: unknown, lines: readonly string[]): void;
  /** Says how it goes on, to standard error; not with `--json`. */
  progress(line: string): void;
};

export type CommandContext = {
  readonly core: RpcClient;
  /** What follows the command's name. */
  readonly args: readonly string[];
  /** Address or local part given with `--identity`. */
  readonly identity: string | undefined;
  readonly output: Output;
  readonly input: NodeJS.ReadStream;
};

export type Command = {
  /** The command line after `posthorn`, one per form. */
  readonly usage: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** @returns the exit status. @throws UsageError, PosthornError */
  run(context: CommandContext): Promise<number>;
};

/** The command line does not fit; the message says what is wrong with it. */
export class UsageError extends Error {}
