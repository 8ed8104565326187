import { isAgreementInForce } from '../../../domain/custody/agreement';
import type { Agreement } from '../../../ports/storage/custody-records';
import type { StoredContact } from '../../../ports/storage/mail-records';
import type { Mailbox, Services } from '../../mailbox';

/**
 * Whether a contact may leave mail with our holders: we have their key, they are not blocked, and the user wants it.
 */
export function mayLearnHolders({ learnsHolders, blocked, publicKey, keyState }: StoredContact): boolean {
  return learnsHolders && !blocked && publicKey !== undefined && (keyState === 'certified' || keyState === 'changed');
}

/** The agreements under which mail is kept for us now. */
export function holdersInForce(services: Pick<Services, 'clock'>, mailbox: Pick<Mailbox, 'custody'>): Agreement[] {
  return mailbox.custody.agreements
    .all()
    .filter((each) => each.role === 'client' && isAgreementInForce(each, services.clock.now()));
}
