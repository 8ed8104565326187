import type { StoredContact } from '../../ports/storage/mail-records';
import type { KeyCheck } from '../../ports/pgp';

/**
 * What a message for this key is sealed to, for comparing: the fingerprints of the primary key and of the encryption
 * subkey.
 */
export function sealingTarget({ fingerprint, sealsTo }: Extract<KeyCheck, { outcome: 'certified' }>): string {
  return `${fingerprint}/${sealsTo}`;
}

/** Whether the contact has another primary key now than the one that was sealed to; a mere rotation still opens. */
export function hasOtherKey({ fingerprint }: Pick<StoredContact, 'fingerprint'>, sealedTo: string): boolean {
  return fingerprint !== undefined && !sealedTo.startsWith(`${fingerprint}/`);
}
