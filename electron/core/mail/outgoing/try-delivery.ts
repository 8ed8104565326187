import type { MessageId } from '../../../../shared/ids';
import type { Delivery, DeliveryReason } from '../../../../shared/message';
import { DIAL_TIMEOUT_MS } from '../../domain/limits';
import { awaitsAcceptance } from '../../domain/trust/awaits-acceptance';
import { mailboxOf } from '../../domain/mail-address';
import type { SendOutcome } from '../../domain/delivery-outcome';
import type { Isolation } from '../../ports/onion';
import { fetchKey } from '../trust/fetch-key';
import { DepositMeanwhile } from '../custody/sender/deposit-meanwhile';
import { SMTP_PORT } from '../presence/onion-ports';
import { recordOutcome } from './record-outcome';
import { remedyRefusal } from './remedy-refusal';
import { sealQueued, usableKey } from './seal-queued';
import { hasOtherKey } from './sealing-target';
import type { Mailbox, Services } from '../mailbox';
import { dialHost } from '../contacts/dial-host';
import { contactFor } from '../contacts/contact-for';

type TryServices = Pick<
  Services,
  'clock' | 'random' | 'log' | 'events' | 'pgp' | 'mime' | 'onion' | 'smtpSender' | 'keyFetcher' | 'custodyCrypto'
>;

type Try = {
  readonly delivery: Delivery;
  readonly isolation: Isolation;
  readonly signal: AbortSignal;
  /** Messages being sealed now, so that two deliveries of one message do not seal it twice. */
  readonly sealing: Map<MessageId, Promise<void>>;
};

/**
 * One try of one delivery: key, seal, connection, transfer. Its outcome is one write. A try that a cancel or a lock
 * interrupted writes nothing: the delivery stays as it was and is tried again.
 */
export async function tryDelivery(services: TryServices, mailbox: Mailbox, o: Try): Promise<SendOutcome> {
  const raw = await finalBytes(services, mailbox, o);
  const sent = raw instanceof Uint8Array ? await sendOrLeave(services, mailbox, { ...o, raw }) : raw;
  const outcome = sent.outcome === 'refused' ? await remedyRefusal(services, mailbox, { ...o, outcome: sent }) : sent;
  if (o.signal.aborted && outcome.outcome !== 'delivered') return outcome;
  await recordOutcome(services, mailbox, { delivery: o.delivery, outcome });
  return outcome;
}

/** Sends directly, and leaves copies with holders when the recipient is away or does not answer for long. */
async function sendOrLeave(
  services: TryServices,
  mailbox: Mailbox,
  o: Try & { raw: Uint8Array },
): Promise<SendOutcome> {
  const meanwhile = new DepositMeanwhile(services, mailbox, o);
  try {
    const outcome = await send(services, mailbox, {
      ...o,
      answered: () => {
        meanwhile.answered();
      },
    });
    if (isAway(outcome)) await meanwhile.leave();
    return outcome;
  } finally {
    await meanwhile.end();
  }
}

const AWAY: readonly DeliveryReason[] = ['offline', 'timed-out', 'no-mail-service', 'interrupted'];

/** Whether the recipient's machine was not there; one that is busy will take the message itself. */
function isAway(outcome: SendOutcome): boolean {
  return outcome.outcome === 'deferred' && AWAY.includes(outcome.reason);
}

/** The bytes to send, sealed now if they were not before; otherwise the reason why there are none yet. */
async function finalBytes(services: TryServices, mailbox: Mailbox, o: Try): Promise<Uint8Array | SendOutcome> {
  const { delivery } = o;
  const known = mailbox.contacts.find(mailboxOf(delivery.recipient));
  if (known && awaitsAcceptance(known)) return unaccepted;
  const before = await sealedBefore(mailbox, delivery);
  if (isBroken(o)) return interrupted;
  // A key that was replaced while it was read makes it be sealed again.
  if (before && mailbox.outbox.isSealed(delivery.id)) return before;
  return newBytes(services, mailbox, o);
}

async function newBytes(services: TryServices, mailbox: Mailbox, o: Try): Promise<Uint8Array | SendOutcome> {
  const { delivery } = o;
  const contact = contactFor(services, mailbox, mailboxOf(delivery.recipient));
  if ((await usableKey(services, mailbox, contact)) === undefined) {
    mailbox.outbox.changeDelivery(delivery.id, {
      state: 'waiting-for-key',
      reason: delivery.reason,
      attempts: delivery.attempts,
    });
    const fetched = await fetchKey(services, mailbox, { contact, isolation: o.isolation, signal: o.signal });
    if (fetched.outcome === 'unreachable') return { outcome: 'deferred', reason: fetched.reason };
    if (fetched.outcome === 'refused') return { outcome: 'deferred', reason: 'key-not-certified' };
    if (awaitsAcceptance(fetched.contact)) return unaccepted;
  }
  if (isBroken(o)) return interrupted;
  return sealNow(services, mailbox, o);
}

/** The bytes that earlier tries sent, unless the recipient has shown another key since: they could not be opened. */
async function sealedBefore(
  mailbox: Pick<Mailbox, 'outbox' | 'contacts'>,
  { id, recipient }: Delivery,
): Promise<Uint8Array | undefined> {
  const { sealedTo } = mailbox.outbox.sealing(id);
  const contact = mailbox.contacts.find(mailboxOf(recipient));
  if (contact && sealedTo !== undefined && contact.keyState !== 'revoked' && hasOtherKey(contact, sealedTo))
    mailbox.outbox.sealAnew(id);
  return mailbox.outbox.sealed(id);
}

/** The bytes just sealed, from memory: a large message is not read back from the disk to be sent. */
async function sealNow(services: TryServices, mailbox: Mailbox, o: Try): Promise<Uint8Array | SendOutcome> {
  const { delivery } = o;
  const sealedNow = await sealOnce(services, mailbox, o);
  // Cancelled while it was sealed: `send` would overwrite the state with «delivering».
  if (isBroken(o)) return interrupted;
  // A key that was replaced meanwhile makes all waiting mail be sealed again.
  if (sealedNow && mailbox.outbox.isSealed(delivery.id)) return sealedNow;
  return (await mailbox.outbox.sealed(delivery.id)) ?? { outcome: 'deferred', reason: 'key-not-certified' };
}

const interrupted: SendOutcome = { outcome: 'deferred', reason: 'interrupted' };

const unaccepted: SendOutcome = { outcome: 'deferred', reason: 'key-unaccepted' };

const isBroken = ({ signal }: Pick<Try, 'signal'>): boolean => signal.aborted;

async function sealOnce(
  services: TryServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contents' | 'contacts' | 'keyring' | 'scanCodes' | 'identity' | 'changes'>,
  o: Try,
): Promise<Uint8Array | undefined> {
  const { messageId, id: wanted } = o.delivery;
  const earlier = o.sealing.get(messageId) ?? Promise.resolve();
  const sealed = earlier.then(() => sealQueued(services, mailbox, { messageId, wanted }));
  const settled = sealed.then(
    () => undefined,
    () => undefined,
  );
  o.sealing.set(messageId, settled);
  const raw = await sealed;
  if (o.sealing.get(messageId) === settled) o.sealing.delete(messageId);
  return raw;
}

async function send(
  services: TryServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contacts' | 'access' | 'identity'>,
  o: Try & { raw: Uint8Array; answered: () => void },
): Promise<SendOutcome> {
  const { delivery, raw } = o;
  const { id: identityId, address } = mailbox.identity();
  mailbox.outbox.changeDelivery(delivery.id, {
    state: 'delivering',
    reason: delivery.reason,
    attempts: delivery.attempts,
  });
  const report = (bytes: number, done: boolean): void => {
    services.events.publish({
      type: 'transfer.progressed',
      transfer: {
        transferId: delivery.id,
        identityId,
        direction: 'out',
        messageId: delivery.messageId,
        bytes,
        total: raw.byteLength,
        done,
      },
    });
  };
  const outcome = await services.smtpSender.send({
    from: address,
    to: delivery.recipient,
    raw,
    dial: async () => {
      const dialled = await services.onion.dial({
        host: dialHost(mailbox, delivery.recipient),
        port: SMTP_PORT,
        isolation: o.isolation,
        timeoutMs: DIAL_TIMEOUT_MS,
      });
      o.answered();
      return dialled;
    },
    progressed: (bytes) => {
      report(bytes, false);
    },
    signal: o.signal,
  });
  report(raw.byteLength, true);
  return outcome;
}
