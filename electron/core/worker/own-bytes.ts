/**
 * Below this, copying is cheaper than handing over, and a buffer might belong to Node's pool, which must never be
 * handed over.
 */
const MIN_TRANSFER_BYTES = 64 * 1024;

/** Octets that are copied in one turn of the event loop: 54 MB at once would hold up everybody for 50 ms. */
const PIECE_BYTES = 4 * 1024 * 1024;

type Copy = { readonly from: Uint8Array; readonly to: Uint8Array };

/** The buffers in `value` that may be handed over instead of copied; each once, because two views may share one. */
export function transferable(value: unknown): ArrayBuffer[] {
  const buffers = bytesIn(value)
    .map((bytes) => bytes.buffer)
    .filter(
      (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength >= MIN_TRANSFER_BYTES,
    );
  return [...new Set(buffers)];
}

/** Octets of all typed arrays in `value`, and UTF-16 code units of all texts. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return partsOf(value).reduce((sum: number, part) => sum + sizeOf(part), 0);
}

/**
 * `value` with a copy of every byte array: the caller keeps its own, the copy is handed over, and of a small view into
 * a large buffer only the view is copied. Other typed arrays are packed for this journey alone and go as they are. The
 * caller must not write into its arrays before the promise resolves, since large ones are copied piece by piece.
 */
export async function withOwnBytes(value: unknown): Promise<unknown> {
  const large: Copy[] = [];
  const own = copyOf(value, large);
  for (const { from, to } of large) {
    for (let at = 0; at < from.length; at += PIECE_BYTES) {
      to.set(from.subarray(at, at + PIECE_BYTES), at);
      await nextTurn();
    }
  }
  return own;
}

function copyOf(value: unknown, large: Copy[]): unknown {
  if (value instanceof Uint8Array) return copyOfBytes(value, large);
  if (Array.isArray(value)) return value.map((each) => copyOf(each, large));
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, copyOf(entry, large)]));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copyOf(field, large)]));
}

function copyOfBytes(from: Uint8Array, large: Copy[]): Uint8Array {
  if (from.length <= PIECE_BYTES) return new Uint8Array(from);
  const to = new Uint8Array(from.length);
  large.push({ from, to });
  return to;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function bytesIn(value: unknown): ArrayBufferView[] {
  return ArrayBuffer.isView(value) ? [value] : partsOf(value).flatMap(bytesIn);
}

function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return value instanceof Map ? [...value.values()] : Object.values(value);
}
