import { EntryId, ListGenesis, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { encodeBase32 } from '../base32';
import type { ListIdentity } from './agreed-state';
import type { ListCrypto } from './entry';
import { MAX_GENESIS_BYTES } from './list-limits';
import { readBody } from './read-body';

/** The list that begins with these octets, whose hash is its name; undefined for octets that begin none. */
export function readGenesis(
  crypto: Pick<ListCrypto, 'sha256' | 'toText'>,
  octets: Uint8Array,
): ListIdentity | undefined {
  if (octets.length > MAX_GENESIS_BYTES) return undefined;
  const genesis = ListGenesis.safeParse(readBody(crypto, octets)).data;
  if (!genesis) return undefined;
  const genesisId = EntryId.parse(crypto.sha256(octets));
  return { genesis, genesisId, list: MailingListId.parse(encodeBase32(octetsOfHex(genesisId))) };
}

const octetsOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
