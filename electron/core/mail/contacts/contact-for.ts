import { ContactId, type MailAddress } from '../../../../shared/ids';
import type { Standing } from '../../../../shared/trust';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { RingKey } from '../../ports/storage/keyring-records';
import type { Mailbox, Services } from '../mailbox';

/**
 * The contact with this address. Adds one without a name when there is none: a person the user writes to is no
 * stranger. A new contact starts with the key that the ring has for the address. Holders and contacts are told of a new
 * contact.
 */
export function contactFor(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'changes'>,
  address: MailAddress,
): StoredContact {
  const plain = mailboxOf(address);
  const known = mailbox.contacts.find(plain);
  if (known) return known;
  const inRing = keyInRing(services, mailbox, plain);
  const added = mailbox.contacts.add({
    id: ContactId.parse(services.random.uuid()),
    identityId: mailbox.identity().id,
    address: plain,
    name: '',
    keyState: 'none',
    blocked: false,
    addedAt: services.clock.now(),
    standing: { kind: 'no-key', verified: false },
    sendsReadReceipts: false,
    learnsHolders: true,
    holderCount: 0,
    isPrivate: false,
    ...(inRing ? knownKey(inRing) : {}),
  });
  mailbox.changes.contacts();
  return added;
}

/**
 * The key that the ring has for a new contact: not an expired one, nor one that its onion has replaced since. A revoked
 * key is taken, so that the contact shows it as revoked.
 */
function keyInRing(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  address: MailAddress,
): RingKey | undefined {
  const key = mailbox.keyring.key(address);
  if (!key || key.revoked) return key;
  const isInForce =
    key.expiresAt > services.clock.now() && key.certifiedAt >= (mailbox.contacts.newestCertification(address) ?? 0);
  return isInForce ? key : undefined;
}

function knownKey({ fingerprint, certifiedAt, publicKey, validity, path, revoked }: RingKey): Partial<StoredContact> {
  const isIntroduced = validity === 'full' && path.length > 0;
  const believed: Standing = isIntroduced
    ? { kind: 'introduced', path: [...path], others: 0 }
    : { kind: 'unverified', vouchedBy: [] };
  return {
    keyState: revoked ? 'revoked' : 'certified',
    fingerprint,
    certifiedAt,
    publicKey,
    standing: revoked ? { kind: 'revoked' } : believed,
  };
}
