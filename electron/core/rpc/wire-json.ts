/**
 * JSON with octets: a `Uint8Array` is written as `{"$base64": "..."}`. Reading refuses every other object with a key
 * `$base64`.
 */
const mark = '$base64';

/**
 * One message as one line of JSON, without the line end.
 * @throws TypeError for what JSON cannot hold (cycles, bigint)
 */
export function encodeWireJson(message: unknown): string {
  return JSON.stringify(withBase64(message));
}

/**
 * Reads a line that `encodeWireJson` wrote.
 * @throws SyntaxError when it is not JSON or octets are not base64
 */
export function decodeWireJson(line: string): unknown {
  return JSON.parse(line, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, mark)) return value;
    const text: unknown = (value as Record<string, unknown>)[mark];
    if (typeof text !== 'string' || Object.keys(value).length !== 1) throw new SyntaxError('not octets');
    return fromBase64(text);
  });
}

/** Runs before JSON.stringify, because a Buffer has its own `toJSON`, which would run first. */
function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return { [mark]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  }
  if (Array.isArray(value)) return value.map(withBase64);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBase64(item)]));
}

function fromBase64(text: string): Uint8Array {
  const octets = Buffer.from(text, 'base64');
  if (octets.toString('base64') !== text) throw new SyntaxError('not base64');
  return new Uint8Array(octets.buffer, octets.byteOffset, octets.byteLength);
}
