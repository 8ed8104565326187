import type { SealedLetter } from '../../ports/mime';
import { readStructure } from '../octets/structure-checks';
import { parseOuter } from './parse-outer';
import { headersOf } from './read-head';

/** A letter that another program has sealed itself (RFC 3156): what stands outside its seal, which is not opened. */
export function readSealedLetter(octets: Uint8Array): SealedLetter {
  const outer = parseOuter(octets);
  if (outer.outcome === 'refused') return outer;
  const structure = readStructure(octets);
  if (structure.outcome === 'refused') return { outcome: 'refused', reason: structure.reason };
  const { to, cc, bcc, subject } = headersOf(structure.root);
  return { ...outer, to, cc, bcc, subject };
}
