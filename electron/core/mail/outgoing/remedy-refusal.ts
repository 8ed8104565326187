import type { Delivery } from '../../../../shared/message';
import type { SendOutcome } from '../../domain/delivery-outcome';
import { MAX_SEALED_ANEW } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import { awaitsAcceptance } from '../../domain/trust/awaits-acceptance';
import type { Isolation } from '../../ports/onion';
import { contactFor } from '../contacts/contact-for';
import type { Mailbox, Services } from '../mailbox';
import { fetchKey } from '../trust/fetch-key';
import { sealingTarget } from './sealing-target';

type RemedyServices = Pick<Services, 'clock' | 'random' | 'log' | 'pgp' | 'onion' | 'keyFetcher'>;

type Refused = Extract<SendOutcome, { outcome: 'refused' }>;

type Question = {
  readonly delivery: Delivery;
  readonly outcome: Refused;
  readonly isolation: Isolation;
  readonly signal: AbortSignal;
};

const sealAnew: SendOutcome = { outcome: 'deferred', reason: 'key-changed', again: 'at-once' };

/**
 * Tries what the sender can do about a refusal, before it ends the delivery: a recipient who cannot open the
 * message has another key by now, and one who does not take our key may take the one that we have had certified
 * since. The answer is the refusal itself when there is nothing to do, when nothing has changed, and when it was
 * done too often.
 */
export async function remedyRefusal(services: RemedyServices, mailbox: Mailbox, o: Question): Promise<SendOutcome> {
  const { id } = o.delivery;
  const { sealedTo, sealedWith, sealedAnew } = mailbox.outbox.sealing(id);
  if (o.outcome.remedy === undefined || sealedAnew >= MAX_SEALED_ANEW) return o.outcome;
  if (o.outcome.remedy === 'our-key' && sealedWith === mailbox.identity().certifiedAt) return o.outcome;
  if (o.outcome.remedy === 'their-key') {
    const found = await targetNow(services, mailbox, o);
    if (typeof found !== 'string') return found;
    if (found === sealedTo) return o.outcome;
  }
  mailbox.outbox.sealAnew(id, { afterRefusal: true });
  return sealAnew;
}

/** What would be sealed to now, asked of the recipient's onion; or why that is not known yet. */
async function targetNow(services: RemedyServices, mailbox: Mailbox, o: Question): Promise<string | SendOutcome> {
  const asked = contactFor(services, mailbox, mailboxOf(o.delivery.recipient));
  const fetched = await fetchKey(services, mailbox, { contact: asked, isolation: o.isolation, signal: o.signal });
  if (fetched.outcome === 'unreachable') return { outcome: 'deferred', reason: fetched.reason };
  if (awaitsAcceptance(fetched.contact)) return { outcome: 'deferred', reason: 'key-unaccepted' };
  const { publicKey: block, address } = fetched.contact;
  const check = block && (await services.pgp.checkKeyBlock({ block, address, now: services.clock.now() }));
  return fetched.outcome === 'certified' && check?.outcome === 'certified'
    ? sealingTarget(check)
    : { outcome: 'deferred', reason: 'key-not-certified' };
}
