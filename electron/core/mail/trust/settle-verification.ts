import type { Fingerprint } from '../../../../shared/ids';
import type { IntroducerTrust, Verification } from '../../../../shared/trust';
import { dayTime } from '../../domain/published-time';
import { present } from '../../../../shared/present';
import type { ReadCertification } from '../../ports/certification-pgp';
import type { IdentityKeys } from '../../ports/keys';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { RingCertification } from '../../ports/storage/keyring-records';
import type { Mailbox, Services } from '../mailbox';

type SettleServices = Pick<Services, 'clock' | 'pgp'>;

/**
 * Makes the certification that the user's word calls for, once the key is here. Does nothing when it is made already,
 * when there is no such word, or when the key is not the one that was meant. The word in the address book now is the
 * one that counts, and a word that is taken back while it is being signed is not given. Answers the contact as given
 * when there was nothing to do.
 */
export async function settleVerification(
  services: SettleServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity'>,
  asRead: StoredContact,
): Promise<StoredContact> {
  const contact = mailbox.contacts.find(asRead.id);
  if (
    contact?.fingerprint === undefined ||
    !contact.verification ||
    !isDue(services, mailbox, contact, contact.verification)
  )
    return asRead;
  const { verification, introducer, fingerprint } = contact;
  const isCertified = await certifyContact(services, mailbox, { contact, verification, introducer });
  return isCertified ? mailbox.contacts.update(contact.id, { verification: { ...verification, fingerprint } }) : asRead;
}

function isDue(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  contact: StoredContact,
  verification: Verification,
): boolean {
  const { fingerprint, keyState } = contact;
  const isMeant = verification.fingerprint === undefined || verification.fingerprint === fingerprint;
  const hasEnded =
    (secondOf(verification.expiresAt) ?? Infinity) <= services.clock.now() ||
    keyState === 'expired' ||
    keyState === 'revoked';
  return isMeant && !hasEnded && !isOfAnother(mailbox, contact) && !isSettled(mailbox, contact, verification);
}

/**
 * Whether the ring has this key under the address of another contact: a certification for one would count for the
 * other.
 */
function isOfAnother(mailbox: Pick<Mailbox, 'keyring'>, { fingerprint, address }: StoredContact): boolean {
  const inRing = fingerprint && mailbox.keyring.key(fingerprint);
  return inRing !== undefined && inRing.address !== address;
}

/** Whether the newest signature of the user on this key says what the verification says. */
function isSettled(
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  { fingerprint, introducer }: StoredContact,
  verification: Verification,
): boolean {
  const newest = fingerprint && newestOwn(mailbox, fingerprint);
  if (newest?.kind !== 'certification') return false;
  return (
    newest.expiresAt === secondOf(verification.expiresAt) &&
    newest.exportable === verification.shared &&
    newest.trust?.depth === introducer?.depth &&
    isAmount(newest, introducer)
  );
}

function isAmount({ trust }: ReadCertification, introducer: IntroducerTrust | undefined): boolean {
  return trust === undefined || trust.amount >= 120 === (introducer?.amount === 'full');
}

const secondOf = (time: number | undefined): number | undefined =>
  time === undefined ? undefined : time - (time % 1000);

/**
 * Signs the contact's key in the user's name and puts the certification into the ring, always with a later time than
 * the one before. False, and nothing is stored, when the contact, their key, the user's word or the user's own key has
 * changed meanwhile.
 */
export async function certifyContact(
  services: SettleServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity'>,
  o: {
    readonly contact: StoredContact;
    readonly verification: Verification;
    readonly introducer: IntroducerTrust | undefined;
  },
): Promise<boolean> {
  const { publicKey, fingerprint } = o.contact;
  if (!publicKey || fingerprint === undefined) return false;
  const { keys } = mailbox.identity();
  const { level, shared, expiresAt } = o.verification;
  const made = await services.pgp.certify({
    secretKey: keys.secretKey,
    subject: publicKey,
    level,
    exportable: shared,
    ...present({ expiresAt, trust: o.introducer }),
    now: nextTime(services, mailbox, fingerprint),
  });
  if (mailbox.identity().keys.fingerprint !== keys.fingerprint || !isUnchanged(mailbox, o.contact)) return false;
  mailbox.keyring.addCertifications([asVerified(keys, made)]);
  return true;
}

function isUnchanged(mailbox: Pick<Mailbox, 'contacts'>, asRead: StoredContact): boolean {
  const contact = mailbox.contacts.find(asRead.id);
  return (
    contact?.fingerprint === asRead.fingerprint &&
    JSON.stringify(contact?.verification) === JSON.stringify(asRead.verification)
  );
}

/**
 * Takes the user's word on a key back with a revocation. `shared`: others may be sent the revocation, as they were sent
 * the certification.
 */
export async function revokeOwnCertification(
  services: SettleServices,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  contact: StoredContact,
  shared: boolean,
): Promise<void> {
  const { publicKey, fingerprint } = contact;
  const { keys } = mailbox.identity();
  if (!publicKey || fingerprint === undefined || newestOwn(mailbox, fingerprint)?.kind !== 'certification') return;
  const made = await services.pgp.revokeCertification({
    secretKey: keys.secretKey,
    subject: publicKey,
    exportable: shared,
    now: nextTime(services, mailbox, fingerprint),
  });
  mailbox.keyring.addCertifications([asVerified(keys, made)]);
}

function asVerified({ fingerprint }: Pick<IdentityKeys, 'fingerprint'>, made: ReadCertification): RingCertification {
  return { ...made, issuer: fingerprint, verified: true };
}

function newestOwn(
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  subject: Fingerprint,
): RingCertification | undefined {
  const own = mailbox.identity().keys.fingerprint;
  return mailbox.keyring
    .certificationsOn(subject)
    .filter((each) => each.verified && each.issuer === own)
    .sort((a, b) => b.createdAt - a.createdAt)[0];
}

/**
 * The day, or a time later than the newest signature: OpenPGP counts in seconds, and of two signatures of one second no
 * program could say which is the later.
 */
function nextTime(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  subject: Fingerprint,
): number {
  return dayTime({ now: services.clock.now(), last: newestOwn(mailbox, subject)?.createdAt ?? 0 });
}
