import type { WireError } from '../../../../shared/errors';
import type { Pgp } from '../../ports/pgp';

/** Calls that cross to the worker: everything but `close`, which ends it. */
export type PgpMethod = Exclude<keyof Pgp, 'close'>;

export type PgpCall = { readonly id: number; readonly method: PgpMethod; readonly argument: unknown };
export type PgpAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: WireError };

/**
 * Below this, copying is cheaper than handing over, and a buffer might belong to Node's pool, which must never be
 * handed over.
 */
const MIN_TRANSFER_BYTES = 64 * 1024;

/** The buffers in `value` that may be handed over instead of copied; each once, because two views may share one. */
export function transferable(value: unknown): ArrayBuffer[] {
  const buffers = bytesIn(value)
    .map((bytes) => bytes.buffer)
    .filter(
      (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength >= MIN_TRANSFER_BYTES,
    );
  return [...new Set(buffers)];
}

/** Octets of all typed arrays in `value`. */
export function byteCount(value: unknown): number {
  return bytesIn(value).reduce((sum, bytes) => sum + bytes.byteLength, 0);
}

/**
 * `value` with a copy of every byte array: the caller keeps its own, the copy is handed over, and of a small view into
 * a large buffer only the view is copied. Other typed arrays are packed for this journey alone and go as they are.
 */
export function withOwnBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(withOwnBytes);
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, withOwnBytes(entry)]));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withOwnBytes(field)]));
}

function bytesIn(value: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return (value instanceof Map ? [...value.values()] : Object.values(value)).flatMap(bytesIn);
}
