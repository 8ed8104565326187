import type { Services } from '../../mail/mailbox';
import { smtpReplies } from '../../domain/smtp-replies';
import type { SmtpReply } from '../../domain/refusals';
import type { IncomingMail } from '../../ports/smtp';

const HOUR = 60 * 60_000;

/** One of so many messages is not taken at first; which, follows from its last octets. */
const ONE_OF = 4;
/** How long it is not taken. */
const LASTS_MS = 6 * HOUR;
/** Octets at the end of a message that are the same whatever a holder writes on top of it. */
const TAIL = 120;

/**
 * Changes the program of somebody who does not take some messages for hours: with a fault of its own it answers 451,
 * and 550 to what holders hand over, as a machine whose clock is wrong. What it remembers lives as long as the person.
 */
export function createFussiness(from: number): (services: Services) => Services {
  const first = new Map<string, number>();
  return (services) => {
    const { smtpListeners, clock } = services;
    const refusal = ({ raw, mailFrom, rcptTo }: IncomingMail): SmtpReply | undefined => {
      const tail = raw.subarray(-TAIL);
      if (clock.now() < from || rcptTo.for === 'client' || tail.reduce((sum, octet) => sum + octet, 0) % ONE_OF > 0)
        return undefined;
      const name = Buffer.from(tail).toString('latin1');
      const since = first.get(name) ?? clock.now();
      first.set(name, since);
      if (clock.now() - since >= LASTS_MS) return undefined;
      return mailFrom === null ? smtpReplies.signatureInvalid : smtpReplies.tryLater;
    };
    return {
      ...services,
      smtpListeners: {
        start: ({ name, handler }) =>
          smtpListeners.start({
            name,
            handler: {
              ...handler,
              receive: (mail) => {
                const reply = refusal(mail);
                return reply ? Promise.resolve(reply) : handler.receive(mail);
              },
            },
          }),
      },
    };
  };
}
