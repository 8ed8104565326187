import type { WireEntry } from '../../../../shared/mailing-lists/mailing-list';
import type { ListCrypto, SignedEntry } from './entry';

/** An entry as it travels and stands in blocks. */
export function toWire(
  { toBase64 }: Pick<ListCrypto, 'toBase64'>,
  { statement, signature, body }: SignedEntry,
): WireEntry {
  return { statement, signature, body: toBase64(body) };
}

export function fromWire(
  { fromBase64 }: Pick<ListCrypto, 'fromBase64'>,
  { statement, signature, body }: WireEntry,
): SignedEntry {
  return { statement, signature, body: fromBase64(body) };
}
