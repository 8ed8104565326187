import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { ContactId, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { PublicKeyBlock } from '../../ports/keys';
import type { StoredContact } from '../../ports/storage/mail-records';
import { checkKey, type CertifiedKey } from './learn-key';
import type { Mailbox, Services } from '../mailbox';
import { settleVerification } from './settle-verification';
import { contactFor } from '../contacts/contact-for';
import { requireContact } from '../contacts/require-contact';
import { currentContact, toContact } from '../contacts/show-contact';

/**
 * Believes a move notice when the new address's onion certifies the new key, and the old and the new key have certified
 * each other. Then the contact shows the notice; nothing else happens before the user answers.
 */
export async function recordMove(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { readonly contact: StoredContact; readonly to: MailAddress; readonly keyBlocks: readonly Uint8Array[] },
): Promise<void> {
  const { contact, to } = o;
  if (!contact.publicKey || to === mailbox.identity().address || to === contact.address) return;
  const key = await certifiedKeyOf(services, mailbox, o);
  if (!key) return;
  const pairs = { old: contact.publicKey, next: key.publicKey, keyBlocks: o.keyBlocks };
  if (!(await vouches(services, { issuer: pairs.old, subject: pairs.next, ...pairs }))) return;
  if (!(await vouches(services, { issuer: pairs.next, subject: pairs.old, ...pairs }))) return;
  if (isStillTheirs(mailbox, contact))
    mailbox.contacts.update(contact.id, { moveNotice: { to, at: services.clock.now() } });
}

/**
 * Whether the key that signed the notice is still the one the user knows: neither revoked, nor new and not accepted
 * yet.
 */
function isStillTheirs(mailbox: Pick<Mailbox, 'contacts'>, { id, fingerprint }: StoredContact): boolean {
  const contact = mailbox.contacts.find(id);
  return contact !== undefined && contact.fingerprint === fingerprint && contact.keyState === 'certified';
}

async function certifiedKeyOf(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'trust' | 'changes'>,
  o: { readonly to: MailAddress; readonly keyBlocks: readonly Uint8Array[] },
): Promise<CertifiedKey | undefined> {
  for (const block of o.keyBlocks) {
    const key = await checkKey(services, mailbox, { block, address: o.to });
    if (key.outcome === 'certified') return key;
  }
  return undefined;
}

/** Whether one of the blocks holds a certification of `subject` that `issuer` has made and that is in force. */
async function vouches(
  services: Pick<Services, 'clock' | 'pgp'>,
  o: { readonly issuer: PublicKeyBlock; readonly subject: PublicKeyBlock; readonly keyBlocks: readonly Uint8Array[] },
): Promise<boolean> {
  const now = services.clock.now();
  for (const block of o.keyBlocks) {
    const { certifications } = await services.pgp.readCertifications({ block });
    const inForce = certifications.filter(
      ({ kind, level, expiresAt }) => kind === 'certification' && level >= 2 && (expiresAt ?? Infinity) > now,
    );
    const checks = inForce.map(({ body }) => ({ body, subject: o.subject, issuer: o.issuer }));
    if (checks.length > 0 && (await services.pgp.verifyCertifications({ checks })).some((good) => good)) return true;
  }
  return false;
}

/** Follows a move notice, or drops it; only the user does this. Throws `contact-unknown` when there is no notice. */
export async function answerMove(
  services: Pick<Services, 'clock' | 'random' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { readonly contactId: ContactId; readonly accept: boolean },
): Promise<Contact> {
  const old = requireContact(mailbox, o.contactId);
  const notice = old.moveNotice;
  if (!notice)
    throw new PosthornError('contact-unknown', 'There is no notice of a move any more. Nothing was changed.');
  const answered = mailbox.contacts.update(old.id, { moveNotice: null });
  if (!o.accept) return toContact(answered);
  const next = contactFor(services, mailbox, notice.to);
  const wasVerified = old.standing.kind === 'verified' && old.verification !== undefined;
  const moved = mailbox.contacts.update(next.id, {
    ...(next.name === '' ? { name: old.name } : {}),
    ...(wasVerified && !next.verification ? { verification: movedWord(services, old) } : {}),
  });
  mailbox.contacts.recordMove({ from: old.address, to: next.address });
  mailbox.changes.contacts();
  await settleVerification(services, mailbox, moved);
  await mailbox.trust.refresh();
  return currentContact(mailbox, moved);
}

function movedWord(services: Pick<Services, 'clock'>, old: StoredContact): NonNullable<StoredContact['verification']> {
  const { level = 'casual', expiresAt } = old.verification ?? {};
  return {
    at: services.clock.now(),
    way: 'move',
    level,
    shared: false,
    ...present({ expiresAt }),
  };
}
