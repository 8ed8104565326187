import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import { PosthornError, refused } from '../../../../shared/errors';
import type { ContactId, Fingerprint } from '../../../../shared/ids';
import type { CertificationLevel, IntroducerTrust, Verification, VerificationWay } from '../../../../shared/trust';
import { present } from '../../../../shared/present';
import { MAX_EARLIER_KEYS } from '../../domain/key-limits';
import type { ContactChange, StoredContact } from '../../ports/storage/mail-records';
import { fetchKey } from './fetch-key';
import { readCard, type CardQuestion } from './read-card';
import { certifyContact, revokeOwnCertification, settleVerification } from './settle-verification';
import type { Mailbox, Services } from '../mailbox';
import { contactFor } from '../contacts/contact-for';
import { requireContact } from '../contacts/require-contact';
import { currentContact, toContact } from '../contacts/show-contact';

type VerifyServices = Pick<
  Services,
  'clock' | 'random' | 'log' | 'pgp' | 'mime' | 'onion' | 'onionKeys' | 'keyFetcher'
>;

/** How the user certifies a key: its level, whether others may see it, and when it ends (milliseconds). */
export type Certify = { readonly level: CertificationLevel; readonly shared: boolean; readonly expiresAt?: number };

/**
 * The user vouches for the person whose card they scanned. The key is certified now, or as soon as it is here; the code
 * on the card goes with the first mail to this person. Throws `card-refused` when the card is neither a new person's
 * nor a matching one.
 */
export async function verifyCard(
  services: VerifyServices,
  mailbox: Mailbox,
  o: CardQuestion & { readonly name?: string; readonly certify: Certify },
): Promise<Contact> {
  const { reading, card } = await readCard(services, mailbox, o);
  if (!card || (reading.outcome !== 'new' && reading.outcome !== 'match')) throw refusedCard(reading);
  const contact = contactFor(services, mailbox, reading.address);
  const name = o.name?.trim();
  if (card.code !== undefined) mailbox.scanCodes.putToSend({ contactId: contact.id, code: card.code });
  return vouch(services, mailbox, {
    contact,
    way: 'scan',
    certify: o.certify,
    ...(card.fingerprint ? { fingerprint: card.fingerprint } : {}),
    ...(name !== undefined && name !== '' && contact.name === '' ? { name } : {}),
  });
}

/**
 * Certifies a key after its fingerprint was compared aloud. Throws `contact-unknown`, and `trust-refused` when the
 * contact has another key.
 */
export async function verifyFingerprint(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  o: { readonly contactId: ContactId; readonly fingerprint: Fingerprint; readonly certify: Certify },
): Promise<Contact> {
  const contact = requireContact(mailbox, o.contactId);
  if (contact.fingerprint !== o.fingerprint) {
    throw refused(
      'trust-refused',
      'key-differs',
      'This contact has another key than the one you compared. Nothing was certified; compare again.',
    );
  }
  return vouch(services, mailbox, { contact, way: 'fingerprint', fingerprint: o.fingerprint, certify: o.certify });
}

type Word = {
  readonly contact: StoredContact;
  readonly way: VerificationWay;
  readonly certify: Certify;
  readonly fingerprint?: Fingerprint;
  readonly name?: string;
};

/**
 * Stores the user's word and certifies the key, if it is here and is the one that was meant. Throws `trust-refused` for
 * a day that is past.
 */
export async function vouch(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  o: Word,
): Promise<Contact> {
  const { contact, certify } = o;
  if (certify.expiresAt !== undefined && certify.expiresAt <= services.clock.now()) {
    throw refused('trust-refused', 'day-past', 'That day is past. Choose a later one; nothing was certified.');
  }
  const written = mailbox.contacts.update(contact.id, wordOn(contact, { ...o, now: services.clock.now() }));
  mailbox.changes.contacts();
  const settled = await settleVerification(services, mailbox, written);
  await mailbox.trust.refresh();
  if (settled.publicKey === undefined) askForKey(services, mailbox, settled);
  return currentContact(mailbox, settled);
}

function wordOn(
  contact: StoredContact,
  { certify, way, fingerprint, name, now }: Word & { readonly now: number },
): ContactChange {
  const { level, shared, expiresAt } = certify;
  const verification: Verification = {
    at: now,
    way,
    level,
    shared,
    ...present({ expiresAt }),
    ...(fingerprint ? { fingerprint } : {}),
  };
  return {
    verification,
    scannedYouAt: null,
    ...present({ name }),
    ...acceptance(contact, fingerprint),
  };
}

/** By vouching for a changed key the user accepts it. */
function acceptance({ fingerprint, keyState }: StoredContact, meant: Fingerprint | undefined): ContactChange {
  const isTheirs = fingerprint !== undefined && (meant ?? fingerprint) === fingerprint;
  return isTheirs && keyState === 'changed' ? { keyState: 'certified' } : {};
}

/**
 * Fetches the key in the background: the person just met is probably online, and the user with the card need not wait.
 */
function askForKey(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  contact: StoredContact,
): void {
  const isolation = { user: services.random.uuid(), password: services.random.uuid() };
  fetchKey(services, mailbox, { contact, isolation }).catch(() => {
    services.log.warn('key.not-fetched');
  });
}

/**
 * Takes the user's word back, with what followed from it. The word is removed first, so that a certification that is
 * being signed just now is given up. Throws `contact-unknown`.
 */
export async function revokeVerification(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  contactId: ContactId,
): Promise<Contact> {
  const contact = requireContact(mailbox, contactId);
  const without = mailbox.contacts.update(contact.id, { verification: null, introducer: null });
  mailbox.changes.contacts();
  await revokeOwnCertification(services, mailbox, without, contact.verification?.shared ?? false);
  await mailbox.trust.refresh();
  return currentContact(mailbox, without);
}

/**
 * Makes a contact an introducer, or (null) no longer. Throws `contact-unknown`, and `trust-refused` unless the user has
 * verified the contact's present key.
 */
export async function setIntroducer(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { readonly contactId: ContactId; readonly introducer: IntroducerTrust | null },
): Promise<Contact> {
  const contact = requireContact(mailbox, o.contactId);
  const { verification } = contact;
  if (!verification || contact.standing.kind !== 'verified') {
    throw refused(
      'trust-refused',
      'not-verified',
      'Only somebody whose key you have verified can be an introducer. Nothing was changed.',
    );
  }
  if (!(await certifyContact(services, mailbox, { contact, verification, introducer: o.introducer ?? undefined }))) {
    throw refused(
      'trust-refused',
      'key-changed',
      'Their key, or your verification of it, has just changed. Nothing else was changed; look again.',
    );
  }
  const changed = mailbox.contacts.update(contact.id, { introducer: o.introducer });
  mailbox.changes.contacts();
  await mailbox.trust.refresh();
  return currentContact(mailbox, changed);
}

/**
 * The user accepts that the key was replaced. Their word moves to the new key when the old one vouches for it;
 * otherwise it has to be given again. Throws `contact-unknown`.
 */
export async function acceptKey(
  services: VerifyServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  contactId: ContactId,
): Promise<Contact> {
  const contact = requireContact(mailbox, contactId);
  const { standing, keyState } = contact;
  if (standing.kind !== 'changed' && standing.kind !== 'mismatch') return toContact(contact);
  const accepted = mailbox.contacts.update(contact.id, {
    keyState: keyState === 'changed' ? 'certified' : keyState,
    ...(standing.kind === 'changed' && standing.continuity
      ? carriedOver(contact)
      : { verification: null, introducer: null }),
  });
  // Those before stay in the ring: what they signed is judged by what becomes known of them later.
  const old = mailbox.keyring.history(contact.address).filter(({ fingerprint }) => fingerprint !== contact.fingerprint);
  for (const { fingerprint } of old.slice(MAX_EARLIER_KEYS))
    if (mailbox.keyring.key(fingerprint)?.address === contact.address) mailbox.keyring.removeKey(fingerprint);
  mailbox.changes.contacts();
  await settleVerification(services, mailbox, accepted);
  await mailbox.trust.refresh();
  return currentContact(mailbox, accepted);
}

function carriedOver({ verification, fingerprint }: StoredContact): ContactChange {
  return verification && fingerprint !== undefined ? { verification: { ...verification, fingerprint } } : {};
}

function refusedCard(reading: CardReading): PosthornError {
  return new PosthornError('card-refused', `This card cannot be trusted (${reading.outcome}). Nothing was certified.`);
}
