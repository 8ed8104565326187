import { ContactId, type MailAddress } from '../../../../shared/ids';
import type { Standing } from '../../../../shared/trust';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import type { RingKey } from '../../ports/ring-store';
import type { Mailbox, Services } from '../mailbox';

/**
 * The contact for an address, added without a name when there is none: whoever one writes to is no stranger. A key that
 * an introduction has brought is theirs from the beginning. Holders and contacts hear of whoever was added.
 */
export function contactFor(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  address: MailAddress,
): StoredContact {
  const plain = mailboxOf(address);
  const known = mailbox.mail.contact(plain);
  if (known) return known;
  const inRing = keyInRing(services, mailbox, plain);
  const added = mailbox.mail.addContact({
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
 * Not one that has ended, nor one whose onion has certified another since; a revoked one, so that it is known to be
 * that.
 */
function keyInRing(services: Pick<Services, 'clock'>, { mail }: Mailbox, address: MailAddress): RingKey | undefined {
  const key = mail.ringKey(address);
  if (!key || key.revoked) return key;
  const isInForce = key.expiresAt > services.clock.now() && key.certifiedAt >= (mail.newestCertification(address) ?? 0);
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
