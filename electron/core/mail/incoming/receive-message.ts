import type { SmtpReply } from '../../domain/refusals';
import type { IncomingMail } from '../../ports/smtp';
import type { Arrivals } from './arrivals';
import { acceptMessage, type ReceiveServices } from './accept-message';
import { receiveHeldEnvelope } from './receive-envelope';
import type { Mailbox } from '../mailbox';
import { Refusal } from './refusal';
import { replyToFault } from './reply-to-fault';

/**
 * The way in: checks, unseals, verifies and stores one mail. Answers 250 only when it is committed (or was before, or
 * its sender is blocked); 4xx when the sender should keep it and try again; 5xx when it can never be accepted. Never
 * throws.
 */
export async function receiveMessage(
  services: ReceiveServices,
  mailbox: Mailbox,
  incoming: Pick<IncomingMail, 'mailFrom' | 'raw'> & { readonly arrivals: Arrivals },
): Promise<SmtpReply> {
  const { mailFrom, raw, arrivals } = incoming;
  try {
    if (mailFrom === null) return await receiveHeldEnvelope(services, mailbox, { raw, arrivals });
    const { reply, outcome, contact } = await acceptMessage(services, mailbox, { mailFrom, raw, arrivals });
    services.log.debug?.(`receive.${outcome}`);
    // A contact who sends directly is online.
    if (contact && (outcome === 'stored' || outcome === 'control')) mailbox.changes.online(contact.address);
    return reply;
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    const reply = replyToFault(error);
    services.log.error('receive.failed', { reply: reply.code });
    return reply;
  }
}
