import type { MailAddress } from '../../../shared/ids';
import type { KeyCheck, StoredContact } from '../ports';
import type { Mailbox, Services } from './services';

export type CertifiedKey = Extract<KeyCheck, { outcome: 'certified' }>;

/**
 * Remembers a key that its onion certifies for a contact, so that later mail is sealed to it and older certifications
 * are refused (PROTOCOL.md 2). Another fingerprint than before is kept as `changed`: the onion owner replaced the key.
 */
export function keepKey(mailbox: Pick<Mailbox, 'mail'>, contact: StoredContact, key: CertifiedKey): StoredContact {
  const isSame = contact.fingerprint === key.fingerprint;
  if (isSame && (contact.certifiedAt ?? 0) >= key.certifiedAt && contact.keyState === 'certified') return contact;
  mailbox.mail.noteCertification(contact.address, key.certifiedAt);
  const isChanged = contact.fingerprint !== undefined && (!isSame || contact.keyState === 'changed');
  return mailbox.mail.updateContact(contact.id, {
    key: {
      state: isChanged ? 'changed' : 'certified',
      fingerprint: key.fingerprint,
      certifiedAt: key.certifiedAt,
      publicKey: key.publicKey,
    },
  });
}

/** Checks an untrusted block for an address, with the newest certification ever seen as the floor. */
export function checkKey(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Pick<Mailbox, 'mail'>,
  o: { block: Uint8Array; address: MailAddress },
): Promise<KeyCheck> {
  const newestSeen = mailbox.mail.newestCertification(o.address);
  return services.pgp.checkKeyBlock({
    block: o.block,
    address: o.address,
    now: services.clock.now(),
    ...(newestSeen === undefined ? {} : { newestSeen }),
  });
}
