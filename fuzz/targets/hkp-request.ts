import { readLookup, writeIndex } from '../../electron/core/hkp/lookup-request';
import { claim, claimSame } from '../oracles/claims';
import { reader } from '../fixtures/reader';
import { octetTextOf } from '../oracles/texts';

/** All by which our key may be asked for; parts of a name find nothing, or names could be guessed letter by letter. */
const NAMES: ReadonlySet<string> = new Set([
  reader.address,
  `<${reader.address}>`,
  reader.address.slice(reader.address.lastIndexOf('@') + 1),
  `0X${reader.fingerprint}`,
  `0X${reader.fingerprint.slice(-16)}`,
]);

/** The target of a request that anybody may send to our onion. It is answered for a whole name, and nothing else. */
export function fuzz(data: Uint8Array): void {
  const target = octetTextOf(data);
  const lookup = readLookup(target, reader);
  claimSame(readLookup(target, reader), lookup, 'a request is read in two ways');
  claim(!writeIndex(reader).includes('\r'), 'an index has other line ends');
  if (lookup === undefined) return;
  claim(target.startsWith('/pks/lookup?'), 'another path than that of HKP is answered');
  const asked = new URL(target, 'http://onion.invalid').searchParams;
  const search = asked.get('search') ?? '';
  claim(asked.get('op') === lookup, 'something else is answered than was asked');
  claim(NAMES.has(search) || NAMES.has(search.toUpperCase()), 'a key is found by part of its name');
}
