import type { KeyState } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { KeyRefusal } from '../../domain/refusals';
import type { ContactChange, StoredContact } from '../../ports/storage/mail-records';
import type { KeyCheck } from '../../ports/pgp';
import type { Mailbox, Services } from '../mailbox';

export type CertifiedKey = Extract<KeyCheck, { outcome: 'certified' }>;
export type RefusedKey = Extract<KeyCheck, { outcome: 'refused' }>;

/**
 * Remembers a key that its onion certifies for a contact, so that later mail is sealed to it and older certifications
 * are refused (PROTOCOL.md 2). Another fingerprint than before is kept as `changed`: the onion's owner replaced the
 * key, and the one before is remembered to see whether it vouches for its successor. What has become of the contact
 * since it was read counts, not what it was: the question at the onion may have taken minutes. Answers what it was
 * given when nothing is new. Throws `contact-unknown`.
 */
export function learnKey(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'changes'>,
  { contact: asRead, key }: { readonly contact: StoredContact; readonly key: CertifiedKey },
): StoredContact {
  const contact = mailbox.contacts.find(asRead.id);
  if (!contact)
    throw new PosthornError(
      'contact-unknown',
      'This contact is no longer in the address book. Their key was not kept.',
    );
  if (isOvertaken(mailbox, contact.address, key)) return asRead;
  const isSame = contact.fingerprint === key.fingerprint;
  const state = stateOf(contact, key);
  if (isSame && (contact.certifiedAt ?? 0) >= key.certifiedAt && contact.keyState === state) return asRead;
  const now = services.clock.now();
  if (!isSame) rememberReplaced(mailbox, contact, now);
  makeRoom(mailbox, contact.address, key.fingerprint);
  mailbox.contacts.recordCertification(contact.address, key.certifiedAt);
  mailbox.keyring.putKey({
    fingerprint: key.fingerprint,
    address: contact.address,
    publicKey: key.publicKey,
    keyId: keyIdOf(key.fingerprint),
    certifiedAt: key.certifiedAt,
    expiresAt: key.expiresAt,
    revoked: false,
    seenAt: now,
  });
  const learned = mailbox.contacts.update(contact.id, {
    key: {
      state,
      fingerprint: key.fingerprint,
      certifiedAt: key.certifiedAt,
      publicKey: key.publicKey,
    },
    ...(isSame ? {} : forgetOldKey(contact, now)),
  });
  mailbox.changes.contacts();
  return learned;
}

/** Another answer has been quicker, and knows more. */
function isOvertaken(mailbox: Pick<Mailbox, 'contacts' | 'keyring'>, address: MailAddress, key: CertifiedKey): boolean {
  return (
    key.certifiedAt < (mailbox.contacts.newestCertification(address) ?? 0) ||
    isKnownRevoked(mailbox, address, key.fingerprint)
  );
}

/**
 * What was said of a key under the address of somebody who is no contact says nothing of a contact who uses the same
 * key.
 */
function makeRoom(
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  address: MailAddress,
  fingerprint: Fingerprint,
): void {
  const inRing = mailbox.keyring.key(fingerprint);
  if (inRing && inRing.address !== address && !mailbox.contacts.find(inRing.address))
    mailbox.keyring.removeKey(fingerprint);
}

/**
 * Nothing that was true of the key before is shown of the new one, not even until trust is computed: neither standing
 * nor what it signed.
 */
function forgetOldKey({ fingerprint, verification }: StoredContact, now: number): ContactChange {
  if (fingerprint === undefined) return {};
  const wasVerified = verification?.fingerprint === fingerprint;
  return { standing: { kind: 'changed', at: now, continuity: false, wasVerified }, moveNotice: null };
}

/** `changed` until the user has accepted it; what ran out meanwhile does not make it forgotten. */
function stateOf(contact: StoredContact, key: CertifiedKey): KeyState {
  if (contact.fingerprint === undefined) return 'certified';
  const isAnother = contact.fingerprint !== key.fingerprint || contact.keyState === 'changed';
  const meant = contact.verification?.fingerprint;
  return isAnother || (meant !== undefined && meant !== key.fingerprint) ? 'changed' : 'certified';
}

function rememberReplaced(mailbox: Pick<Mailbox, 'keyring'>, contact: StoredContact, now: number): void {
  const { address, fingerprint, publicKey } = contact;
  if (fingerprint !== undefined && publicKey)
    mailbox.keyring.recordReplaced({ address, fingerprint, publicKey, replacedAt: now });
}

/** The long key ID of a version 4 key: the last 16 digits of its fingerprint (RFC 9580, 5.5.4.2). */
export function keyIdOf(fingerprint: string): string {
  return fingerprint.slice(-16);
}

/**
 * Checks an untrusted block for an address, with the newest certification ever seen as the floor. An onion that takes a
 * certification back raises that floor: what it certified before must not come back as if it had said nothing.
 */
export async function checkKey(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'trust' | 'changes'>,
  o: { block: Uint8Array; address: MailAddress },
): Promise<KeyCheck> {
  const newestSeen = mailbox.contacts.newestCertification(o.address);
  const check = await services.pgp.checkKeyBlock({
    block: o.block,
    address: o.address,
    now: services.clock.now(),
    ...present({ newestSeen }),
  });
  if (check.outcome === 'refused') recordRevoked(mailbox, o.address, check);
  if (check.outcome === 'certified' && isKnownRevoked(mailbox, o.address, check.fingerprint)) {
    return { outcome: 'refused', reason: 'key-revoked', fingerprint: check.fingerprint };
  }
  return check;
}

/**
 * Whoever brings the revocation, the contact shows it. Whom the key introduced is believed no longer; mail does not
 * wait for that to be computed.
 */
function recordRevoked(
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'trust' | 'changes'>,
  address: MailAddress,
  refusal: RefusedKey,
): void {
  const { reason, fingerprint, revokedAt } = refusal;
  if (revokedAt !== undefined) mailbox.contacts.recordCertification(address, revokedAt);
  const contact = mailbox.contacts.find(address);
  if (contact && refusal.reason === 'key-revoked') recordRefusal(mailbox, contact, refusal);
  const inRing = reason === 'key-revoked' && fingerprint !== undefined ? mailbox.keyring.key(fingerprint) : undefined;
  if (!inRing || inRing.revoked || inRing.address !== address) return;
  mailbox.keyring.putKey({ ...inRing, revoked: true });
  void mailbox.trust.refresh();
}

/**
 * No later certification brings a key back that has once been seen revoked: an old copy of its owner could go on making
 * them.
 */
function isKnownRevoked(
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  address: MailAddress,
  fingerprint: Fingerprint,
): boolean {
  const contact = mailbox.contacts.find(address);
  if (contact?.fingerprint === fingerprint && contact.keyState === 'revoked') return true;
  return mailbox.keyring.key(fingerprint)?.revoked ?? false;
}

/**
 * Marks a contact's key as expired or revoked when that is why it was refused; every other reason says nothing of the
 * key held, nor does the revocation of a key that the contact had before. What a revoked key signed last, a notice that
 * they move among it, is forgotten.
 */
export function recordRefusal(
  mailbox: Pick<Mailbox, 'contacts' | 'changes'>,
  asRead: StoredContact,
  refusal: RefusedKey,
): StoredContact {
  const contact = mailbox.contacts.find(asRead.id) ?? asRead;
  const states: Partial<Record<KeyRefusal, 'revoked' | 'expired'>> = {
    'key-revoked': 'revoked',
    'key-expired': 'expired',
    'certification-expired': 'expired',
  };
  const keyState = states[refusal.reason];
  const isAnother =
    refusal.fingerprint !== undefined &&
    contact.fingerprint !== undefined &&
    refusal.fingerprint !== contact.fingerprint;
  if (keyState === undefined || isAnother || contact.keyState === 'revoked') return contact;
  const marked = mailbox.contacts.update(contact.id, {
    keyState,
    standing: { kind: keyState },
    ...(keyState === 'revoked' ? { moveNotice: null } : {}),
  });
  mailbox.changes.contacts();
  return marked;
}
