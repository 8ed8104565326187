import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** Octets that are hashed in one turn of the event loop: 54 MiB at once would hold up everybody. */
const PIECE_BYTES = 1024 * 1024;

/** SHA-256, hex; the caller must not write into large octets before it resolves. */
export async function digestOctets(octets: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < octets.length; at += PIECE_BYTES) {
    if (at > 0) await setImmediate();
    hash.update(octets.subarray(at, at + PIECE_BYTES));
  }
  return hash.digest('hex');
}

/** SHA-256 of octets, or of a text in UTF-8, in hex. */
export function digestNow(of: Uint8Array | string): string {
  return createHash('sha256').update(of).digest('hex');
}
