import type { Fingerprint } from '../../../shared/ids';
import type { IntroducerTrust, Verification } from '../../../shared/trust';
import type { ReadCertification, RingCertification, StoredContact } from '../ports';
import type { Mailbox, Services } from './services';

type SettleServices = Pick<Services, 'clock' | 'pgp'>;

/**
 * Makes the certification that the user's word calls for, once the key it is about is here; does nothing when it is there already, when
 * there is no such word, or when the key is not the one that was meant.
 */
export async function settleVerification(services: SettleServices, mailbox: Mailbox, contact: StoredContact): Promise<StoredContact> {
  const { verification, fingerprint, publicKey } = contact;
  if (!verification || fingerprint === undefined || !publicKey) return contact;
  if (verification.fingerprint !== undefined && verification.fingerprint !== fingerprint) return contact;
  if (contact.keyState === 'expired' || contact.keyState === 'revoked' || isSettled(mailbox, contact, verification)) return contact;
  await certifyContact(services, mailbox, { contact, verification, introducer: contact.introducer });
  return mailbox.mail.updateContact(contact.id, { verification: { ...verification, fingerprint } });
}

/** Whether the newest signature of the user on this key says what the verification says. */
function isSettled(mailbox: Mailbox, { fingerprint, introducer }: StoredContact, verification: Verification): boolean {
  const newest = fingerprint && newestOwn(mailbox, fingerprint);
  if (newest?.kind !== 'certification') return false;
  return newest.expiresAt === secondOf(verification.expiresAt) && newest.exportable === verification.shared && newest.trust?.depth === introducer?.depth && isAmount(newest, introducer);
}

function isAmount({ trust }: ReadCertification, introducer: IntroducerTrust | undefined): boolean {
  return trust === undefined || (trust.amount >= 120) === (introducer?.amount === 'full');
}

const secondOf = (time: number | undefined): number | undefined => (time === undefined ? undefined : time - (time % 1000));

/** Signs the contact's key in the user's name and puts that into the ring. The times of one signer's signatures always grow. */
export async function certifyContact(
  services: SettleServices,
  mailbox: Mailbox,
  o: { readonly contact: StoredContact; readonly verification: Verification; readonly introducer: IntroducerTrust | undefined },
): Promise<void> {
  const { publicKey, fingerprint } = o.contact;
  if (!publicKey || fingerprint === undefined) return;
  const { level, shared, expiresAt } = o.verification;
  const made = await services.pgp.certify({
    secretKey: mailbox.identity().keys.secretKey,
    subject: publicKey,
    level,
    exportable: shared,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(o.introducer === undefined ? {} : { trust: o.introducer }),
    now: nextTime(services, mailbox, fingerprint),
  });
  mailbox.mail.addCertifications([asVerified(mailbox, made)]);
}

/** Takes the user's word on a key back. Others learn of it only if they were told of the certification. */
export async function revokeOwnCertification(services: SettleServices, mailbox: Mailbox, contact: StoredContact, shared: boolean): Promise<void> {
  const { publicKey, fingerprint } = contact;
  if (!publicKey || fingerprint === undefined || newestOwn(mailbox, fingerprint)?.kind !== 'certification') return;
  const made = await services.pgp.revokeCertification({
    secretKey: mailbox.identity().keys.secretKey,
    subject: publicKey,
    exportable: shared,
    now: nextTime(services, mailbox, fingerprint),
  });
  mailbox.mail.addCertifications([asVerified(mailbox, made)]);
}

function asVerified(mailbox: Mailbox, made: ReadCertification): RingCertification {
  return { ...made, issuer: mailbox.identity().keys.fingerprint, verified: true };
}

function newestOwn(mailbox: Mailbox, subject: Fingerprint): RingCertification | undefined {
  const own = mailbox.identity().keys.fingerprint;
  return mailbox.mail
    .certificationsOn(subject)
    .filter((each) => each.verified && each.issuer === own)
    .sort((a, b) => b.createdAt - a.createdAt)[0];
}

/** OpenPGP counts in seconds, and of two signatures of one second nobody could say which is the later. */
function nextTime(services: Pick<Services, 'clock'>, mailbox: Mailbox, subject: Fingerprint): number {
  return Math.max(services.clock.now(), (newestOwn(mailbox, subject)?.createdAt ?? 0) + 1000);
}
