import type { OnionKeys } from '../ports/onion';
import { clientAuthPublicKey } from './client-auth';
import { cachedOnionCheck } from './onion-address-check';
import { onionFromSeed } from './onion-key';
import { seedFromWords, seedToWords } from './seed-words';

const KEPT_CHECKS = 2_000;

/** The `OnionKeys` port: names from seeds, a remembering check of names, and seeds as words. */
export function makeOnionKeys(): OnionKeys {
  return {
    onionOf: (seed) => onionFromSeed(seed).onion,
    check: cachedOnionCheck(KEPT_CHECKS),
    toWords: seedToWords,
    fromWords: seedFromWords,
    clientKey: clientAuthPublicKey,
  };
}
