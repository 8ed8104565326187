import { packHeldEnvelope } from '../../electron/core/custody/pack-envelope';
import { unpackHeldEnvelope } from '../../electron/core/custody/unpack-envelope';
import { claimBounded, claimSame } from '../oracles/claims';

/**
 * What is inside an envelope, from anybody who has a token. There is one way only to write the same, so that no sender
 * can mark envelopes by their padding or the order of their facts.
 */
export function fuzz(data: Uint8Array): void {
  const unpacked = unpackHeldEnvelope(data);
  claimSame(unpackHeldEnvelope(data), unpacked, 'an envelope is unpacked in two ways');
  if (unpacked === undefined) return;
  claimBounded(unpacked, { input: data, times: 2 });
  const again = unpackHeldEnvelope(packHeldEnvelope(unpacked));
  claimSame(again?.facts, unpacked.facts, 'facts do not come back');
  claimSame(Buffer.from(again?.raw ?? []), Buffer.from(unpacked.raw), 'a message does not come back');
}
