import type { KeyRefusal } from './refusals';

/** What is told of several keys that are refused: first what mends itself, then what is about the sender's own key. */
const TOLD_FIRST: readonly KeyRefusal[] = [
  'certification-future',
  'key-revoked',
  'key-expired',
  'certification-expired',
  'rolled-back',
  'no-encryption-key',
  'certification-not-exportable',
  'certification-wrong-type',
  'weak-hash',
  'certification-invalid',
  // Anybody can write an address on a key of their own.
  'not-certified',
];

/** The place of a refusal among several, lowest first. What may be about somebody else's key comes after all others. */
export function refusalRank(reason: KeyRefusal): number {
  const at = TOLD_FIRST.indexOf(reason);
  return at < 0 ? TOLD_FIRST.length : at;
}
