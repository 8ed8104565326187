import type { Fingerprint } from '../../../../shared/ids';
import type { SplitKey } from '../../ports/certification-pgp';
import { concatBytes } from '../packets/packet-framing';

/**
 * Many keys as one array of octets and columns: 20,000 small arrays would hold up the thread that receives them. An
 * empty address is none.
 */
export type PackedSplitKeys = {
  readonly blocks: Uint8Array;
  readonly ends: Int32Array;
  readonly fingerprints: Fingerprint[];
  readonly addresses: string[];
};

/** See `PackedSplitKeys`. */
export function packSplitKeys(keys: readonly SplitKey[]): PackedSplitKeys {
  let end = 0;
  return {
    blocks: concatBytes(keys.map(({ block }) => block)),
    ends: Int32Array.from(keys, ({ block }) => (end += block.length)),
    fingerprints: keys.map(({ fingerprint }) => fingerprint),
    addresses: keys.map(({ address }) => address ?? ''),
  };
}

/** The other way; blocks are views of one buffer. */
export function unpackSplitKeys(packed: PackedSplitKeys): SplitKey[] {
  return packed.fingerprints.map((fingerprint, at) => {
    const block = packed.blocks.subarray(at === 0 ? 0 : packed.ends[at - 1], packed.ends[at]);
    const address = packed.addresses[at] ?? '';
    return { block, fingerprint, ...(address !== '' && { address }) };
  });
}
