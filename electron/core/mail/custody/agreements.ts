import { PosthornError, refused } from '../../../../shared/errors';
import type { CustodyOverview, HoldTerms, MailHolder } from '../../../../shared/custody';
import { AgreementId, type ContactId } from '../../../../shared/ids';
import type { AgreementTerms } from '../../../../shared/control-message';
import { agreementText } from '../../domain/custody/agreement';
import type { Agreement } from '../../ports/storage/custody-records';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { sendControl } from '../control/send-control';
import { toMailHolder, viewCustody } from './view-custody';
import { requireContact } from '../contacts/require-contact';
import { dayTime } from '../../domain/published-time';
import { DAY_MS } from '../../domain/time';
import { AGREEMENT_LIFETIME_MS, AGREEMENT_RENEWAL_MS, MAX_HOLDERS } from '../../domain/custody-limits';

/** Milliseconds until a renewal that got no answer is asked for again. */
const ASK_AGAIN_MS = 7 * DAY_MS;

type AskServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/** The agreement with this id; throws `hold-refused`. */
export function requireAgreement(mailbox: Pick<Mailbox, 'custody'>, id: AgreementId): Agreement {
  const agreement = mailbox.custody.agreements.find(id);
  if (!agreement)
    throw refused('hold-refused', 'agreement-unknown', 'This agreement is no longer on the list. Nothing was changed.');
  return agreement;
}

/**
 * Asks a contact to keep mail for this identity, by terms that we sign. Throws `contact-unknown`; `hold-refused` for a
 * contact who is blocked, is neither verified nor introduced, is private (our correspondents could not reach them), or
 * was asked already; `too-many` past eight holders.
 */
export function askToHold(
  services: AskServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'identity' | 'changes'>,
  { contactId, terms }: { readonly contactId: ContactId; readonly terms: HoldTerms },
): MailHolder {
  const contact = requireContact(mailbox, contactId);
  requireAskable(mailbox, contact);
  const now = services.clock.now();
  const from = dayTime({ now });
  const id = AgreementId.parse(services.random.uuid());
  const agreed: AgreementTerms = {
    id,
    client: mailbox.identity().address,
    holder: contact.address,
    terms,
    from,
    until: from + AGREEMENT_LIFETIME_MS,
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
  // A contact whose card was scanned is trusted before their key is here; the question waits for the key.
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
 * Asks holders whose agreement is nearly over for another five months, and ends agreements whose time is over. An
 * agreement in force stays so until its end, whatever the answer.
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

/** True near the end of an agreement, when no renewal was asked for lately. */
function needsRenewal({ agreed, askedAt }: Agreement, now: number): boolean {
  return agreed.until - now < AGREEMENT_RENEWAL_MS && now - askedAt > ASK_AGAIN_MS;
}

/**
 * The terms that follow an agreement. They depend on that agreement alone, so that nothing new is in force, and nothing
 * need be remembered, before the holder has signed them.
 */
export function renewalOf(agreed: AgreementTerms): AgreementTerms {
  const from = agreed.until - AGREEMENT_RENEWAL_MS;
  return { ...agreed, from, until: from + AGREEMENT_LIFETIME_MS };
}

/**
 * Ends the agreements with blocked contacts, in both roles, and tells them nothing. What is held is still handed over:
 * it was promised to its senders.
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

/** The renewal keeps the id, so that tokens and held envelopes stay where they are. */
function renew(
  services: AskServices,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  agreement: Agreement,
): void {
  const agreed = renewalOf(agreement.agreed);
  mailbox.custody.agreements.put({ ...agreement, askedAt: services.clock.now() });
  sendAsk(services, mailbox, { ...agreement, agreed, clientSignature: signed(services, mailbox, agreed) });
}

/** Ends an agreement and tells the other side; what is held is still handed over. Throws `hold-refused`. */
export function endAgreement(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'identity' | 'changes'>,
  agreementId: AgreementId,
): CustodyOverview {
  const agreement = requireAgreement(mailbox, agreementId);
  if (agreement.state === 'active' || agreement.state === 'asked') {
    mailbox.custody.agreements.change(agreementId, { state: 'ended', endedAt: services.clock.now(), endedBy: 'us' });
    sendControl(services, mailbox, { to: agreement.peer, control: { kind: 'hold.end', agreementId } });
    mailbox.changes.custody();
  }
  return viewCustody(mailbox);
}

/**
 * Takes an ended or refused agreement off the list. Throws `hold-refused` while it is in force, or while mail is still
 * held under it.
 */
export function forgetAgreement(
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control'>,
  agreementId: AgreementId,
): CustodyOverview {
  const agreement = requireAgreement(mailbox, agreementId);
  const isOver = agreement.state === 'ended' || agreement.state === 'refused';
  if (!isOver || mailbox.custody.asHolder.heldTotals(agreementId).messages > 0) {
    throw refused(
      'hold-refused',
      'not-over',
      'Mail is still kept under this agreement, or may still come. Nothing was removed; end it first, and wait until all mail was handed over.',
    );
  }
  mailbox.custody.agreements.remove(agreementId);
  return viewCustody(mailbox);
}
