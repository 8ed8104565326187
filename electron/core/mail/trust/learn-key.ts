import type { KeyState } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { KeyRefusal } from '../../domain/refusals';
import type { ContactChange, StoredContact } from '../../ports/storage/mail-records';
import type { KeyCheck, RevokedKey } from '../../ports/pgp';
import type { Mailbox, Services } from '../mailbox';

export type CertifiedKey = Extract<KeyCheck, { outcome: 'certified' }>;
type RefusedKey = Extract<KeyCheck, { outcome: 'refused' }>;

/**
 * Stores the key that a contact's onion certifies, so that later mail is sealed to it and older certifications are
 * refused (PROTOCOL.md 2). A key with another fingerprint is stored as `changed`, because the onion's owner has
 * replaced the key; the old key is remembered, to see whether it vouches for the new one. Reads the contact again,
 * because asking the onion may have taken minutes. Answers the contact as given when nothing is new. Throws
 * `contact-unknown`.
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

/** A quicker answer has brought a newer certification, or a revocation. */
function isOvertaken(mailbox: Pick<Mailbox, 'contacts' | 'keyring'>, address: MailAddress, key: CertifiedKey): boolean {
  return (
    key.certifiedAt < (mailbox.contacts.newestCertification(address) ?? 0) ||
    isKnownRevoked(mailbox, address, key.fingerprint)
  );
}

/**
 * Removes the key from the ring when the ring has it under an address that is no contact: what is certified there says
 * nothing of a contact with the same key.
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
 * Takes the standing and the move notice of the old key away at once: they must not be shown for the new key, not even
 * until trust is computed.
 */
function forgetOldKey({ fingerprint, verification }: StoredContact, now: number): ContactChange {
  if (fingerprint === undefined) return {};
  const wasVerified = verification?.fingerprint === fingerprint;
  return { standing: { kind: 'changed', at: now, continuity: false, wasVerified }, moveNotice: null };
}

/** `changed` until the user has accepted the key, even when it expired meanwhile. */
function stateOf(contact: StoredContact, key: CertifiedKey): KeyState {
  if (contact.fingerprint === undefined) return 'certified';
  const isAnother = contact.fingerprint !== key.fingerprint || contact.keyState === 'changed';
  const meant = contact.verification?.fingerprint;
  return isAnother || (meant !== undefined && meant !== key.fingerprint) ? 'changed' : 'certified';
}

function rememberReplaced(mailbox: Pick<Mailbox, 'keyring'>, contact: StoredContact, now: number): void {
  const { address, fingerprint, publicKey, standing } = contact;
  if (fingerprint !== undefined && publicKey)
    mailbox.keyring.recordReplaced({ address, fingerprint, publicKey, replacedAt: now, standing });
}

/** The long key ID of a version 4 key: the last 16 digits of its fingerprint (RFC 9580, 5.5.4.2). */
export function keyIdOf(fingerprint: string): string {
  return fingerprint.slice(-16);
}

type Keys = Pick<Mailbox, 'contacts' | 'keyring'>;

/**
 * Checks an untrusted block for an address and writes nothing; certifications older than the newest ever seen are
 * refused. A revocation counts for a key that the onion has certified for this address, or that we held for it before:
 * anybody can revoke a key of their own and write this address on it.
 */
export async function judgeKey(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Keys,
  o: { block: Uint8Array; address: MailAddress },
): Promise<KeyCheck> {
  const newestSeen = mailbox.contacts.newestCertification(o.address);
  const check = await services.pgp.checkKeyBlock({
    block: o.block,
    address: o.address,
    now: services.clock.now(),
    ...present({ newestSeen }),
  });
  const revoked = check.revoked?.filter((each) => isProven(mailbox, o.address, each));
  return { ...judgeOne(mailbox, o.address, check), ...present({ revoked }) };
}

function judgeOne(mailbox: Keys, address: MailAddress, check: KeyCheck): KeyCheck {
  if (check.outcome === 'certified')
    return isKnownRevoked(mailbox, address, check.fingerprint)
      ? { outcome: 'refused', reason: 'key-revoked', fingerprint: check.fingerprint }
      : check;
  const { reason, fingerprint, isOfAddress } = check;
  const isFalse =
    reason === 'key-revoked' &&
    (fingerprint === undefined || !isProven(mailbox, address, { fingerprint, ...present({ isOfAddress }) }));
  return isFalse ? { outcome: 'refused', reason: 'not-certified' } : check;
}

/** Every key that a block shows to be revoked; proven when `judgeKey` has answered it. */
export function revokedIn(check: KeyCheck): readonly RevokedKey[] {
  const others = check.revoked ?? [];
  if (check.outcome === 'certified' || check.reason !== 'key-revoked' || check.fingerprint === undefined) return others;
  const { fingerprint, isOfAddress, revokedAt } = check;
  return [{ fingerprint, ...present({ isOfAddress, revokedAt }) }, ...others];
}

function isProven(mailbox: Keys, address: MailAddress, { isOfAddress, fingerprint }: RevokedKey): boolean {
  if (isOfAddress) return true;
  return (
    isKnownRevoked(mailbox, address, fingerprint) ||
    mailbox.contacts.find(address)?.fingerprint === fingerprint ||
    mailbox.keyring.key(fingerprint)?.address === address ||
    mailbox.keyring.history(address).some((each) => each.fingerprint === fingerprint)
  );
}

/** Checks a block that its bearer answers for (an onion, a contact's mail, the user), and writes a revocation down. */
export async function checkKey(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Keys & Pick<Mailbox, 'trust' | 'changes'>,
  o: { block: Uint8Array; address: MailAddress },
): Promise<KeyCheck> {
  const check = await judgeKey(services, mailbox, o);
  for (const revoked of revokedIn(check)) recordRevoked(services, mailbox, o.address, revoked);
  return check;
}

/**
 * Marks a key as revoked on its contact and in the ring, after `judgeKey` has found its revocation proven, and
 * remembers it where neither has it: an old copy of it could come later. An onion that revokes a certification raises
 * the limit below which certifications are out of date: otherwise what it certified before could come back. Trust is
 * computed in the background: people introduced by this key alone lose theirs, and mail does not wait for that.
 */
export function recordRevoked(
  services: Pick<Services, 'clock'>,
  mailbox: Keys & Pick<Mailbox, 'trust' | 'changes'>,
  address: MailAddress,
  { fingerprint, revokedAt }: RevokedKey,
): void {
  mailbox.keyring.recordRevoked({ address, fingerprint, at: services.clock.now() });
  if (revokedAt !== undefined) mailbox.contacts.recordCertification(address, revokedAt);
  const contact = mailbox.contacts.find(address);
  if (contact) recordRefusal(mailbox, contact, { outcome: 'refused', reason: 'key-revoked', fingerprint });
  const inRing = mailbox.keyring.key(fingerprint);
  if (!inRing || inRing.revoked || inRing.address !== address) return;
  mailbox.keyring.putKey({ ...inRing, revoked: true, revokedAt: services.clock.now() });
  void mailbox.trust.refresh();
}

/**
 * Whether a key was ever seen revoked. No later certification brings it back: a thief with an old copy could go on
 * making them.
 */
function isKnownRevoked(
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  address: MailAddress,
  fingerprint: Fingerprint,
): boolean {
  const contact = mailbox.contacts.find(address);
  if (contact?.fingerprint === fingerprint && contact.keyState === 'revoked') return true;
  return mailbox.keyring.isRevoked({ address, fingerprint }) || (mailbox.keyring.key(fingerprint)?.revoked ?? false);
}

/**
 * Marks a contact's key as expired or revoked when this very key was refused for that. Every other reason says
 * nothing of the key we have, nor does what is said of another key. A move notice that a revoked key signed is
 * dropped.
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
  const isTheirs = refusal.fingerprint !== undefined && refusal.fingerprint === contact.fingerprint;
  if (keyState === undefined || !isTheirs || contact.keyState === 'revoked') return contact;
  const marked = mailbox.contacts.update(contact.id, {
    keyState,
    standing: { kind: keyState },
    ...(keyState === 'revoked' ? { moveNotice: null } : {}),
  });
  mailbox.changes.contacts();
  return marked;
}
