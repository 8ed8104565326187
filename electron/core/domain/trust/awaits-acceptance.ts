import type { Contact } from '../../../../shared/contact';

/**
 * Whether the person has to be asked before anything is sealed to this contact's key: they verified another one, and
 * that one has not signed for this. Whoever stole the seed of an onion can certify a key of their own with it, and
 * would read what was meant for the key that was verified.
 */
export function awaitsAcceptance({
  fingerprint,
  keyState,
  standing,
  verification,
}: Pick<Contact, 'fingerprint' | 'keyState' | 'standing' | 'verification'>): boolean {
  const meant = verification?.fingerprint;
  const isAnother = meant !== undefined && fingerprint !== undefined && meant !== fingerprint;
  // Nothing is sealed to one that has ended: the onion is asked for the next, and that one is judged.
  const hasEnded = keyState === 'expired' || keyState === 'revoked';
  return isAnother && !hasEnded && !(standing.kind === 'changed' && standing.continuity);
}
