import { PosthornError } from '../../../../../shared/errors';
import type { OnionHost } from '../../../../../shared/ids';
import type { Delivery } from '../../../../../shared/message';
import type { HolderList } from '../../../../../shared/control-message';
import { custodyText, readCustodyReply, type CustodyReceipt } from '../../../domain/custody/custody';
import { holderRest } from '../../../domain/custody/holder-rest';
import { heldRecipient } from '../../../domain/custody/held-recipient';
import { DIAL_TIMEOUT_MS, MAX_CLOCK_SKEW_MS } from '../../../domain/limits';
import { mailboxOf, onionOf } from '../../../domain/mail-address';
import { awaitsAcceptance } from '../../../domain/trust/awaits-acceptance';
import type { SendOutcome } from '../../../domain/delivery-outcome';
import type { Custody } from '../../../ports/storage/custody-records';
import type { PublicKeyBlock } from '../../../ports/keys';
import type { StoredContact } from '../../../ports/storage/mail-records';
import type { Isolation } from '../../../ports/onion';
import { SMTP_PORT } from '../../presence/onion-ports';
import type { Mailbox, Services } from '../../mailbox';
import { fromBase64 } from '../../control/base64';
import { packFor } from './pack-envelope';
import { MAX_HELD_MS, WANTED_RECEIPTS } from '../../../domain/custody-limits';

/** Share of refusals after which another token is tried. */
const GIVE_TOKEN_UP = 1 / 3;

type DepositServices = Pick<
  Services,
  'clock' | 'random' | 'log' | 'onion' | 'smtpSender' | 'pgp' | 'mime' | 'custodyCrypto'
>;

/** A message that was not delivered to its recipient directly. */
export type Undelivered = { readonly delivery: Delivery; readonly raw: Uint8Array; readonly signal: AbortSignal };

type Leaving = Undelivered & {
  readonly contact: StoredContact & { readonly publicKey: PublicKeyBlock };
  readonly holderList: HolderList;
};

/**
 * Leaves copies with holders of the recipient until two have given a receipt (PROTOCOL.md 10); direct tries go on
 * meanwhile. Does nothing when the recipient has told us of no holders. What fails is left for the next try of the
 * delivery.
 */
export async function deposit(
  services: DepositServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contacts' | 'contents' | 'custody' | 'identity'>,
  o: Undelivered,
): Promise<void> {
  const leaving = prepare(mailbox, o);
  if (!leaving) return;
  // One copy of a control message is enough: direct tries make up for a lost one, and two would use up tokens for mail.
  const wanted = mailbox.outbox.enclosures(o.delivery.messageId)?.control ? 1 : WANTED_RECEIPTS;
  for (const holder of choose(services, mailbox, leaving)) {
    if (o.signal.aborted || receiptsOf(mailbox, o.delivery) >= wanted) return;
    await leaveWith(services, mailbox, { ...leaving, holder }).catch((error: unknown) => {
      services.log.warn('holder.not-used', { posthorn: error instanceof PosthornError });
    });
  }
}

function prepare(mailbox: Pick<Mailbox, 'contacts' | 'custody'>, o: Undelivered): Leaving | undefined {
  const contact = mailbox.contacts.find(mailboxOf(o.delivery.recipient));
  const holderList = contact && mailbox.custody.asSender.holderList(contact.id);
  // The thief of a revoked key could read what is sealed to it, and who writes.
  if (!contact?.publicKey || !holderList || contact.keyState === 'revoked') return undefined;
  if (awaitsAcceptance(contact)) return undefined;
  return { ...o, contact: { ...contact, publicKey: contact.publicKey }, holderList };
}

function receiptsOf(mailbox: Pick<Mailbox, 'custody'>, { id }: Delivery): number {
  return mailbox.custody.asSender.custodies(id).filter(({ state }) => state === 'held').length;
}

/**
 * Holders that may be asked now: first those with a copy begun, the others in random order, so that all carry their
 * share.
 */
function choose(
  services: DepositServices,
  mailbox: Pick<Mailbox, 'custody' | 'identity'>,
  { contact, holderList, delivery }: Leaving,
): OnionHost[] {
  const now = services.clock.now();
  const custodies = new Map(
    mailbox.custody.asSender.custodies(delivery.id).map((custody) => [custody.holder, custody.state]),
  );
  const mayBeAsked = ({ onion, until }: HolderList['holders'][number]): boolean => {
    const rests = (mailbox.custody.asSender.holderRestsUntil({ contactId: contact.id, holder: onion }) ?? 0) > now;
    return until > now && !rests && custodies.get(onion) !== 'held' && onion !== onionOf(mailbox.identity().address);
  };
  return holderList.holders
    .filter(mayBeAsked)
    .map(({ onion }) => ({ onion, order: (custodies.get(onion) === 'sending' ? 0 : 1) + services.random.fraction() }))
    .sort((one, other) => one.order - other.order)
    .map(({ onion }) => onion);
}

async function leaveWith(
  services: DepositServices,
  mailbox: Pick<Mailbox, 'outbox' | 'custody' | 'identity' | 'contents'>,
  o: Leaving & { readonly holder: OnionHost },
): Promise<void> {
  const { delivery, holder } = o;
  const { custody, envelope } = (await begun(mailbox, o)) ?? (await begin(services, mailbox, o));
  const outcome = await sendEnvelope(services, { ...o, custody, envelope });
  if (outcome.outcome === 'deferred') return;
  const receipt =
    outcome.outcome === 'delivered'
      ? await receiptIn(services, { ...o, envelope, reply: outcome.reply ?? '' })
      : undefined;
  if (receipt) {
    mailbox.custody.asSender.settleCustody({ deliveryId: delivery.id, holder, receipt });
    return;
  }
  recordRefusal(services, mailbox, { ...o, custody });
}

/**
 * The holder gave no valid receipt, or does not know the token yet: the same octets are tried again later. A spent
 * token and one of an earlier seed get the same reply: so a token of an earlier seed is given up at once, and another
 * one now and then.
 */
function recordRefusal(
  services: DepositServices,
  mailbox: Pick<Mailbox, 'outbox' | 'custody'>,
  o: Leaving & { readonly holder: OnionHost; readonly custody: Custody },
): void {
  const { delivery, contact, holder, holderList, custody } = o;
  const at = services.clock.now();
  const rest = holderRest(refusalsOf(mailbox, { delivery, holder }));
  mailbox.custody.asSender.restHolder({ contactId: contact.id, holder, until: at + rest });
  mailbox.outbox.addHistory({ deliveryId: delivery.id, at, kind: 'holder-refused', holder });
  const isOfThisList = custody.token === tokenOf(services, { holderList, holder, index: custody.tokenIndex });
  if (!isOfThisList || services.random.fraction() < GIVE_TOKEN_UP)
    mailbox.custody.asSender.settleCustody({ deliveryId: delivery.id, holder });
}

/** What programs tell each other has no history: every refusal is the first there, and the delivery waits by itself. */
function refusalsOf(
  mailbox: Pick<Mailbox, 'outbox'>,
  { delivery, holder }: { readonly delivery: Delivery; readonly holder: OnionHost },
): number {
  return mailbox.outbox
    .history(delivery.messageId)
    .filter((entry) => entry.kind === 'holder-refused' && entry.deliveryId === delivery.id && entry.holder === holder)
    .reduce((sum, { times = 1 }) => sum + times, 0);
}

function tokenOf(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  o: { holderList: HolderList; holder: OnionHost; index: number },
): string {
  return custodyCrypto.token({ seed: fromBase64(o.holderList.tokenSeed), holder: o.holder, index: o.index });
}

type Begun = { readonly custody: Custody; readonly envelope: Uint8Array };

/**
 * A copy whose sending was interrupted: the same octets under the same token, so that a holder that has them already
 * says so.
 */
async function begun(
  mailbox: Pick<Mailbox, 'custody'>,
  { delivery, holder }: { delivery: Delivery; holder: OnionHost },
): Promise<Begun | undefined> {
  const custody = mailbox.custody.asSender
    .custodies(delivery.id)
    .find((each) => each.holder === holder && each.state === 'sending');
  const envelope = custody && (await mailbox.custody.asSender.heldEnvelopeOf({ deliveryId: delivery.id, holder }));
  return custody && envelope && envelope.length > 0 ? { custody, envelope } : undefined;
}

/**
 * The token number of a copy. It is stored before anything can go wrong with the copy, and used again until the copy
 * could be packed: a lost number would waste a token.
 */
function numberFor(
  mailbox: Pick<Mailbox, 'custody'>,
  { contact, delivery, holder }: Leaving & { readonly holder: OnionHost },
): number {
  const open = mailbox.custody.asSender
    .custodies(delivery.id)
    .find((each) => each.holder === holder && each.state === 'sending');
  return open?.tokenIndex ?? mailbox.custody.asSender.takeToken({ contactId: contact.id, holder });
}

async function begin(
  services: DepositServices,
  mailbox: Pick<Mailbox, 'custody' | 'identity' | 'contents'>,
  o: Leaving & { readonly holder: OnionHost },
): Promise<Begun> {
  const { contact, holderList, delivery, holder } = o;
  const index = numberFor(mailbox, o);
  const counter = mailbox.custody.asSender.counterOf({ contactId: contact.id, deliveryId: delivery.id });
  const custody: Custody = {
    deliveryId: delivery.id,
    holder,
    token: tokenOf(services, { holderList, holder, index }),
    tokenIndex: index,
    state: 'sending',
  };
  mailbox.custody.asSender.putCustody({ custody, envelope: new Uint8Array() });
  const envelope = await packFor(services, mailbox, {
    contact,
    deliveryId: delivery.id,
    raw: o.raw,
    holder,
    tokenIndex: index,
    counter,
  });
  await mailbox.contents.stage(envelope, (content) => {
    mailbox.custody.asSender.putCustody({ custody, envelope: content });
  });
  return { custody, envelope };
}

/**
 * Sends a copy so that nothing tells who sends it: no name in EHLO or MAIL FROM, and a circuit that nothing else uses.
 */
function sendEnvelope(
  services: Pick<Services, 'random' | 'onion' | 'smtpSender'>,
  o: Leaving & Begun & { readonly holder: OnionHost },
): Promise<SendOutcome> {
  const isolation: Isolation = { user: services.random.uuid(), password: services.random.uuid() };
  return services.smtpSender.send({
    from: null,
    to: heldRecipient({ token: o.custody.token, client: onionOf(o.contact.address) }),
    raw: o.envelope,
    dial: () => services.onion.dial({ host: o.holder, port: SMTP_PORT, isolation, timeoutMs: DIAL_TIMEOUT_MS }),
    progressed: () => undefined,
    signal: o.signal,
  });
}

/** The receipt in a 250, if the holder has truly signed it for these octets. */
async function receiptIn(
  services: Pick<Services, 'clock' | 'custodyCrypto'>,
  o: Leaving & { readonly holder: OnionHost; readonly envelope: Uint8Array; readonly reply: string },
): Promise<CustodyReceipt | undefined> {
  const { custodyCrypto, clock } = services;
  const receipt = readCustodyReply(o.reply, {
    holder: o.holder,
    client: onionOf(o.contact.address),
    digest: await custodyCrypto.digest(o.envelope),
  });
  if (!receipt || !isCredible(receipt, clock.now())) return undefined;
  return custodyCrypto.verify({ onion: o.holder, text: custodyText(receipt), signature: receipt.signature })
    ? receipt
    : undefined;
}

/**
 * Refuses a receipt that lasts longer than any agreement. A delivery lives as long as its custody: a holder that has
 * dropped the message could keep its sender waiting for as long as it likes.
 */
function isCredible({ until }: CustodyReceipt, now: number): boolean {
  return until > now && until <= now + MAX_HELD_MS + MAX_CLOCK_SKEW_MS;
}
