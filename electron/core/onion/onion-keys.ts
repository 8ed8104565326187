import type { OnionKeys } from '../ports';
import { cachedOnionCheck } from './onion-address-check';
import { onionFromSeed } from './onion-key';

const KEPT_CHECKS = 2_000;

/** The `OnionKeys` port: names from seeds, and a remembering check of names. */
export function makeOnionKeys(): OnionKeys {
  return { onionOf: (seed) => onionFromSeed(seed).onion, check: cachedOnionCheck(KEPT_CHECKS) };
}
