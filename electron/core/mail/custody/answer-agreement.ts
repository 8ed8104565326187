import { refused } from '../../../../shared/errors';
import type { MailClient } from '../../../../shared/custody';
import type { AgreementId } from '../../../../shared/ids';
import type { AgreementTerms, ControlMessage } from '../../../../shared/wire/control-message';
import { present } from '../../../../shared/present';
import { agreementText } from '../../domain/custody/agreement';
import { isPairingCode } from '../../domain/custody/pairing-code';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { Agreement } from '../../ports/storage/custody-records';
import type { Mailbox, Services } from '../mailbox';
import { renewalOf, requireAgreement } from './agreements';
import { sendControl } from '../control/send-control';
import type { ReceivedControl, ControlServices } from '../control/control-message';
import { toMailClient } from './view-custody';
import { AGREEMENT_LIFETIME_MS, MAX_AGREEMENTS_PER_CLIENT, MAX_CLIENTS, MAX_TOKENS } from '../../domain/custody-limits';

type Of<K extends ControlMessage['kind']> = ReceivedControl<Extract<ControlMessage, { kind: K }>>;

/**
 * A contact asks us to keep their mail. The question waits for the person, unless it renews an agreement on the same
 * terms or brings the pairing code of this machine. A question that the contact has not signed, or that is not between
 * the two of us, is ignored.
 */
export function acceptAsk(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'access' | 'identity' | 'changes'>,
  { contact, control, provedCode }: Of<'hold.ask'>,
): void {
  const { agreement: agreed, signature } = control;
  const before = mailbox.custody.agreements.find(agreed.id);
  const isNew = before ? isRenewalOf(before, { peer: contact.address, agreed }) : hasRoom(mailbox, contact.address);
  if (!isNew || !isMeant(services, mailbox, { agreed, signature, peer: contact.address })) return;
  mailbox.custody.agreements.put({
    ...(before ?? {
      id: agreed.id,
      role: 'holder',
      peer: contact.address,
      handedOver: 0,
      faults: { missing: 0, replayed: 0, expired: 0 },
    }),
    state: 'asked',
    agreed,
    clientSignature: signature,
    askedAt: services.clock.now(),
  });
  const isOwnMachine = provedCode !== undefined && isPairingCode(provedCode);
  const needsNoAnswer = isOwnMachine || (before !== undefined && goesOn(before, agreed));
  if (needsNoAnswer && !mailbox.access.isPrivate())
    answerAgreement(services, mailbox, { agreementId: agreed.id, accept: true });
}

function goesOn({ state, agreed: before }: Agreement, agreed: AgreementTerms): boolean {
  return state === 'active' && sameTerms(before, agreed);
}

function isRenewalOf(before: Agreement, { peer, agreed }: { peer: string; agreed: AgreementTerms }): boolean {
  return before.role === 'holder' && before.peer === peer && before.agreed.until < agreed.until;
}

/**
 * Limits the agreements of one contact, who could otherwise take the places of all others by asking again and again.
 */
function hasRoom(mailbox: Pick<Mailbox, 'custody'>, address: string): boolean {
  const clients = mailbox.custody.agreements.all().filter(({ role }) => role === 'holder');
  return (
    clients.length < MAX_CLIENTS && clients.filter(({ peer }) => peer === address).length < MAX_AGREEMENTS_PER_CLIENT
  );
}

type Question = { readonly agreed: AgreementTerms; readonly signature: string; readonly peer: string };

/** Whether the contact asks us, for themselves, for a possible time, and has signed it. */
function isMeant(
  { clock, custodyCrypto }: ControlServices,
  mailbox: Pick<Mailbox, 'identity'>,
  { agreed, signature, peer }: Question,
): boolean {
  if (!isBetweenUs(mailbox, agreed, peer) || !isReasonable(agreed, clock.now())) return false;
  return custodyCrypto.verify({ onion: onionOf(agreed.client), text: agreementText(agreed), signature });
}

function isBetweenUs(mailbox: Pick<Mailbox, 'identity'>, { client, holder }: AgreementTerms, peer: string): boolean {
  return mailboxOf(client) === peer && holder === mailbox.identity().address;
}

function isReasonable({ from, until }: AgreementTerms, now: number): boolean {
  return (
    until > now &&
    from < until &&
    until - from <= AGREEMENT_LIFETIME_MS &&
    until <= now + AGREEMENT_LIFETIME_MS + MAX_CLOCK_SKEW_MS
  );
}

const sameTerms = (one: AgreementTerms, other: AgreementTerms): boolean =>
  JSON.stringify(one.terms) === JSON.stringify(other.terms);

/**
 * Agrees with our signature, or refuses. Throws `hold-refused` when nothing is asked any more, or when a private
 * identity would agree.
 */
export function answerAgreement(
  services: Pick<Services, 'clock' | 'random' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control' | 'access' | 'identity' | 'changes'>,
  { agreementId, accept }: { readonly agreementId: AgreementId; readonly accept: boolean },
): MailClient {
  const agreement = requireAgreement(mailbox, agreementId);
  if (agreement.role !== 'holder' || agreement.state !== 'asked')
    throw refused('hold-refused', 'not-asked', 'This person does not ask any more. Nothing was agreed.');
  if (accept && mailbox.access.isPrivate()) {
    throw refused(
      'hold-refused',
      'identity-private',
      'This identity is private, so people who write to this contact could not find it. Nothing was agreed; use another identity to keep mail.',
    );
  }
  const { onionSeed } = mailbox.identity();
  const signature = accept
    ? services.custodyCrypto.sign({ seed: onionSeed, text: agreementText(agreement.agreed) })
    : undefined;
  mailbox.custody.agreements.change(agreementId, {
    state: accept ? 'active' : 'refused',
    ...present({ holderSignature: signature }),
  });
  sendControl(services, mailbox, {
    to: agreement.peer,
    control: { kind: 'hold.answer', agreementId, ...present({ signature }) },
  });
  return toMailClient(mailbox, requireAgreement(mailbox, agreementId));
}

/** A holder agrees, with a valid signature, or refuses. */
export function acceptAnswer(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'custody' | 'identity' | 'changes'>,
  { contact, control }: Of<'hold.answer'>,
): void {
  const agreement = own(mailbox, control.agreementId, { role: 'client', peer: contact.address });
  if (agreement?.state !== 'asked' && agreement?.state !== 'active') return;
  const { signature } = control;
  if (signature === undefined) return acceptNo(mailbox, agreement);
  const agreed = agreement.state === 'asked' ? agreement.agreed : renewalOf(agreement.agreed);
  const text = agreementText(agreed);
  if (!services.custodyCrypto.verify({ onion: onionOf(agreed.holder), text, signature })) return;
  const { address, onionSeed } = mailbox.identity();
  if (address !== agreed.client) return;
  mailbox.custody.agreements.put({
    ...agreement,
    state: 'active',
    agreed,
    clientSignature: services.custodyCrypto.sign({ seed: onionSeed, text }),
    holderSignature: signature,
  });
  mailbox.changes.custody();
}

/** A holder who refuses a renewal still keeps mail until the end of the agreement in force. */
function acceptNo(mailbox: Pick<Mailbox, 'custody'>, { id, state }: Agreement): void {
  if (state === 'asked') mailbox.custody.agreements.change(id, { state: 'refused' });
}

/** The other side ends the agreement. What is held is still handed over, and asked for. */
export function acceptEnd(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'custody' | 'changes'>,
  { contact, control }: Of<'hold.end'>,
): void {
  const agreement = own(mailbox, control.agreementId, { peer: contact.address });
  if (!agreement || (agreement.state !== 'active' && agreement.state !== 'asked')) return;
  mailbox.custody.agreements.change(agreement.id, { state: 'ended', endedAt: services.clock.now(), endedBy: 'them' });
  mailbox.changes.custody();
}

/**
 * A holder tells that held envelopes have expired, and we count them. Only their senders know which messages they were;
 * a sender gives up at the same time and is told.
 */
export function acceptExpired(
  _services: ControlServices,
  mailbox: Pick<Mailbox, 'custody'>,
  { contact, control }: Of<'hold.expired'>,
): void {
  const agreement = own(mailbox, control.agreementId, { role: 'client', peer: contact.address });
  if (!agreement) return;
  // The holder chooses this number: bounded, so that the sum stays one that can be counted.
  const expired = Math.min(agreement.faults.expired + Math.min(control.count, MAX_TOKENS), Number.MAX_SAFE_INTEGER);
  mailbox.custody.agreements.change(agreement.id, { faults: { ...agreement.faults, expired } });
}

function own(
  mailbox: Pick<Mailbox, 'custody'>,
  id: AgreementId,
  o: { readonly role?: Agreement['role']; readonly peer: string },
): Agreement | undefined {
  const agreement = mailbox.custody.agreements.find(id);
  return agreement && agreement.peer === o.peer && (o.role === undefined || agreement.role === o.role)
    ? agreement
    : undefined;
}
