import type { WireError } from '../../../shared/errors';

/** One call of a worker. `ofPeer`: it reads what a peer wrote, so that running out of room is the content's fault. */
export type WorkerCall = {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
  readonly ofPeer: boolean;
};

/** What a worker says: once that its program is loaded, then of each call that it has begun it, and its answer. */
export type WorkerSays =
  | { readonly loaded: true }
  | { readonly begun: number }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: WireError };
