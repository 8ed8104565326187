import type { MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { checkEnvelopeRecipient, checkEnvelopeSender } from '../../domain/accept-policy';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { SmtpReply } from '../../domain/refusals';
import type { SmtpHandler } from '../../ports/smtp';
import { checkHeldRecipient, keepEnvelope } from '../custody/holder/keep-envelope';
import type { HandOver } from '../custody/holder/hand-over';
import type { Arrivals } from './arrivals';
import { receiveMessage } from './receive-message';
import { replyToFault } from './reply-to-fault';
import type { Mailbox, Services } from '../mailbox';
import type { DuplicateWatch } from '../presence/duplicate-instance';

/** Answers the SMTP listener of an identity: takes mail for this mailbox, and held envelopes for its clients. */
export function smtpHandler(
  services: Services,
  mailbox: Mailbox,
  o: Arrivals & {
    readonly handOver: Pick<HandOver, 'queueRun'>;
    readonly duplicate: Pick<DuplicateWatch, 'heard'>;
  },
): SmtpHandler {
  const { id: identityId, address } = mailbox.identity();
  // Other parts and people are told of a change only after the sender of the mail was answered.
  const arriving: Mailbox = { ...mailbox, changes: o.followUps.changesAfter(mailbox.changes) };
  const check = (host: string): ReturnType<typeof services.onionKeys.check> => services.onionKeys.check(host);
  return {
    checkMailFrom: (text, greeting) => {
      if (text === '') return { address: null, isKnown: isHolder(mailbox, greeting) };
      const checked = checkEnvelopeSender(text, check);
      return 'reply' in checked ? checked : { address: checked.address, isKnown: isContact(mailbox, checked.address) };
    },
    checkRcptTo: (text, { mailFrom, announcedSize }) => {
      o.duplicate.heard(text.slice(0, text.indexOf('@')));
      const size = present({ announcedSize });
      const held = mailFrom === null ? checkHeldRecipient(services, mailbox, { text, ...size }) : undefined;
      if (held) return held;
      const checked = checkEnvelopeRecipient(text, address, check);
      return 'reply' in checked ? checked : { recipient: { for: 'mailbox', address: checked.address }, isKnown: false };
    },
    receive: ({ mailFrom, rcptTo, raw }) =>
      rcptTo.for === 'client'
        ? keepHeld(services, mailbox, { ...rcptTo, raw })
        : receiveMessage(services, arriving, { mailFrom, raw, arrivals: o }),
    queueRun: (node) => {
      o.handOver.queueRun(node);
    },
    progressed: (progress) => {
      services.events.publish({ type: 'transfer.progressed', transfer: { ...progress, identityId, direction: 'in' } });
    },
  };
}

async function keepHeld(...[services, mailbox, o]: Parameters<typeof keepEnvelope>): Promise<SmtpReply> {
  try {
    return await keepEnvelope(services, mailbox, o);
  } catch (error) {
    const reply = replyToFault(error);
    services.log.error('hold.failed', { reply: reply.code });
    return reply;
  }
}

function isContact(mailbox: Pick<Mailbox, 'contacts'>, address: MailAddress): boolean {
  return mailbox.contacts.find(mailboxOf(address))?.blocked === false;
}

/**
 * Whether the peer says in EHLO that it is one of our holders. It can lie: this only decides who waits when there is
 * too much to do.
 */
function isHolder(mailbox: Pick<Mailbox, 'custody'>, greeting: string): boolean {
  return mailbox.custody.agreements.all().some(({ role, peer }) => role === 'client' && onionOf(peer) === greeting);
}
