import { BadCommand } from '../grammar/bad-command';
import type { Charset } from '../grammar/search-arguments';

/** Words of a search. Throws `BadCommand` for what is not in the charset. */
export function searchText(octets: Uint8Array, charset: Charset): string {
  if (charset === 'US-ASCII' && octets.some((octet) => octet > 0x7f)) throw new BadCommand('This is not US-ASCII');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new BadCommand('This is no UTF-8');
  }
}
