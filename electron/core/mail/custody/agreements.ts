import { PosthornError, refused } from '../../../../shared/errors';
import type { Holding, HoldTerms, MailHolder } from '../../../../shared/holding';
import { AgreementId, type ContactId } from '../../../../shared/ids';
import type { AgreementTerms } from '../../../../shared/control-message';
import { agreementText } from '../../domain/custody/agreement';
import type { Agreement } from '../../ports/storage/custody-records';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { sendControl } from '../control/send-control';
import { toMailHolder, viewCustody } from './view-custody';
import { requireContact } from '../contacts/require-contact';
import { DAY_MS } from '../../domain/time';
import { AGREEMENT_LIFETIME_MS, AGREEMENT_RENEWAL_MS, MAX_HOLDERS } from '../../domain/custody-limits';

/** A renewal that was not answered is asked for again after this. */
const ASK_AGAIN_MS = 7 * DAY_MS;

type AskServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/** The agreement with this id; throws `hold-refused`. */
export function requireAgreement(mailbox: Pick<Mailbox, 'custody'>, id: AgreementId): Agreement {
  const agreement = mailbox.custody.agreements.find(id);
  if (!agreement)
    throw refused('hold-refused', 'agreement-unknown', 'This is no longer on the list. Nothing was changed.');
  return agreement;
}

/**
 * Asks a contact to hold mail for this identity, in writing that we sign. Throws `hold-refused` for one who is neither
 * verified nor introduced, or is hidden from those who would leave mail with them, or holds already.
 */
export function askToHold(
  services: AskServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'identity' | 'changes'>,
  { contactId, terms }: { readonly contactId: ContactId; readonly terms: HoldTerms },
): MailHolder {
  const contact = requireContact(mailbox, contactId);
  requireAskable(mailbox, contact);
  const now = services.clock.now();
  const id = AgreementId.parse(services.random.uuid());
  const agreed: AgreementTerms = {
    id,
    client: mailbox.identity().address,
    holder: contact.address,
    terms,
    from: now,
    until: now + AGREEMENT_LIFETIME_MS,
  };
  mailbox.custody.agreements.put({
    id,
    role: 'client',
    peer: contact.address,
    state: 'asked',
    agreed,
    clientSignature: signed(services, mailbox, agreed),
    askedAt: now,
    handedOver: 0,
    faults: { missing: 0, replayed: 0, expired: 0 },
  });
  sendAsk(services, mailbox, requireAgreement(mailbox, id));
  return toMailHolder(mailbox, requireAgreement(mailbox, id));
}

function requireAskable(mailbox: Pick<Mailbox, 'custody'>, contact: StoredContact): void {
  const { standing } = contact;
  // Somebody whose card was scanned is known before their key is here; the question waits for the key.
  const isTrusted =
    standing.kind === 'verified' || standing.kind === 'introduced' || (standing.kind === 'no-key' && standing.verified);
  const current = mailbox.custody.agreements
    .all()
    .filter(({ role, state }) => role === 'client' && (state === 'asked' || state === 'active'));
  if (contact.blocked || !isTrusted)
    throw refused(
      'hold-refused',
      'not-trusted',
      'Only people whom you have verified, or who were introduced to you, can keep your mail. Nothing was asked.',
    );
  if (contact.isPrivate)
    throw refused(
      'hold-refused',
      'contact-private',
      'This person can be found by their own contacts only, so others could not leave mail with them. Nothing was asked.',
    );
  if (current.some(({ peer }) => peer === contact.address))
    throw refused(
      'hold-refused',
      'asked-already',
      'This person keeps your mail already, or was asked. Nothing was asked again.',
    );
  if (current.length >= MAX_HOLDERS)
    throw new PosthornError('too-many', 'Eight people keep your mail already, or were asked. Nothing was asked.');
}

function signed({ custodyCrypto }: AskServices, mailbox: Pick<Mailbox, 'identity'>, agreed: AgreementTerms): string {
  return custodyCrypto.sign({ seed: mailbox.identity().onionSeed, text: agreementText(agreed) });
}

function sendAsk(
  services: AskServices,
  mailbox: Pick<Mailbox, 'control' | 'identity' | 'changes'>,
  { peer, agreed, clientSignature }: Agreement,
): void {
  sendControl(services, mailbox, {
    to: peer,
    control: { kind: 'hold.ask', agreement: agreed, signature: clientSignature },
  });
}

/**
 * Asks for another five months, of those whose time is nearly over. What is in force stays so until its end, whatever
 * the answer.
 */
export function renewAgreements(
  services: AskServices,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
): void {
  const now = services.clock.now();
  for (const agreement of mailbox.custody.agreements.all()) {
    if (agreement.state !== 'active') continue;
    const { agreed, id, role } = agreement;
    if (agreed.until <= now)
      mailbox.custody.agreements.change(id, { state: 'ended', endedAt: agreed.until, endedBy: 'time' });
    else if (role === 'client' && needsRenewal(agreement, now)) renew(services, mailbox, agreement);
  }
}

/** Near its end, and not asked for lately. */
function needsRenewal({ agreed, askedAt }: Agreement, now: number): boolean {
  return agreed.until - now < AGREEMENT_RENEWAL_MS && now - askedAt > ASK_AGAIN_MS;
}

/**
 * What is to follow an agreement: it depends on that alone, so that nothing new is in force, or need be remembered,
 * before the holder has signed it.
 */
export function renewalOf(agreed: AgreementTerms): AgreementTerms {
  const from = agreed.until - AGREEMENT_RENEWAL_MS;
  return { ...agreed, from, until: from + AGREEMENT_LIFETIME_MS };
}

/**
 * Who was blocked keeps nothing new for us, nor we for them, and hears nothing of it. What is held is still handed
 * over: it was promised to its senders.
 */
export function endWithBlocked(
  { clock }: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'custody'>,
): void {
  for (const { id, peer, state } of mailbox.custody.agreements.all()) {
    const isOpen = state === 'active' || state === 'asked';
    if (isOpen && mailbox.contacts.find(peer)?.blocked === true)
      mailbox.custody.agreements.change(id, { state: 'ended', endedAt: clock.now(), endedBy: 'us' });
  }
}

/** Under the same id, so that tokens and what is held stay where they are. */
function renew(
  services: AskServices,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  agreement: Agreement,
): void {
  const agreed = renewalOf(agreement.agreed);
  mailbox.custody.agreements.put({ ...agreement, askedAt: services.clock.now() });
  sendAsk(services, mailbox, { ...agreement, agreed, clientSignature: signed(services, mailbox, agreed) });
}

/** Withdraws; what is held is still handed over. Throws `hold-refused`. */
export function endAgreement(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'identity' | 'changes'>,
  agreementId: AgreementId,
): Holding {
  const agreement = requireAgreement(mailbox, agreementId);
  if (agreement.state === 'active' || agreement.state === 'asked') {
    mailbox.custody.agreements.change(agreementId, { state: 'ended', endedAt: services.clock.now(), endedBy: 'us' });
    sendControl(services, mailbox, { to: agreement.peer, control: { kind: 'hold.end', agreementId } });
    mailbox.changes.custody();
  }
  return viewCustody(mailbox);
}

/** Takes one that is over off the list. Throws `hold-refused` while it is in force, or mail is still kept by it. */
export function forgetAgreement(mailbox: Pick<Mailbox, 'contacts' | 'custody'>, agreementId: AgreementId): Holding {
  const agreement = requireAgreement(mailbox, agreementId);
  const isOver = agreement.state === 'ended' || agreement.state === 'refused';
  if (!isOver || mailbox.custody.asHolder.heldTotals(agreementId).messages > 0) {
    throw refused(
      'hold-refused',
      'not-over',
      'Mail is still kept here, or may yet come. End it first, and wait until everything was handed over.',
    );
  }
  mailbox.custody.agreements.remove(agreementId);
  return viewCustody(mailbox);
}
