import { DIAL_TIMEOUT_MS } from '../../../domain/limits';
import type { SendOutcome } from '../../../domain/delivery-outcome';
import { onionOf } from '../../../domain/mail-address';
import type { Services } from '../../mailbox';
import type { Attempt } from '../../outgoing/deliverer';
import { recordOutcome } from '../../outgoing/record-outcome';
import { SMTP_PORT } from '../../presence/onion-ports';
import type { GuestMail } from './guest-mail';

type TryServices = Pick<Services, 'clock' | 'random' | 'mime' | 'onion' | 'smtpSender'>;

/**
 * One try of one delivery of a guest's letter: its octets are final, so there is nothing to ask for and nothing to
 * seal. A try that was broken off writes nothing.
 */
export async function tryForGuest(services: TryServices, mail: GuestMail, o: Attempt): Promise<SendOutcome> {
  const { id, recipient, reason, attempts } = o.delivery;
  const raw = await mail.outbox.sealed(id);
  if (raw === undefined) throw new Error('A letter of a guest is queued with its octets.');
  if (isBroken(o)) return { outcome: 'deferred', reason: 'interrupted' };
  mail.outbox.changeDelivery(id, { state: 'delivering', reason, attempts });
  const outcome = await services.smtpSender.send({
    from: mail.guest().address,
    to: recipient,
    raw,
    dial: () =>
      services.onion.dial({
        host: onionOf(recipient),
        port: SMTP_PORT,
        isolation: o.isolation,
        timeoutMs: DIAL_TIMEOUT_MS,
      }),
    progressed: () => undefined,
    signal: o.signal,
  });
  if (isBroken(o) && outcome.outcome !== 'delivered') return outcome;
  await recordOutcome(services, mail, { delivery: o.delivery, outcome });
  return outcome;
}

const isBroken = ({ signal }: Pick<Attempt, 'signal'>): boolean => signal.aborted;
