import { checkEnvelopeRecipient, checkEnvelopeSender } from '../../../domain/accept-policy';
import { refuseForGuest } from '../../../domain/guests/guest-agreement';
import { MAX_MESSAGE_BYTES } from '../../../domain/limits';
import { smtpReplies } from '../../../domain/smtp-replies';
import type { SmtpHandler } from '../../../ports/smtp';
import type { Services } from '../../mailbox';
import { receiveForGuest, usedBy, type GuestMailbox } from './receive-for-guest';

/**
 * Answers the SMTP listener of a guest (docs/decisions/031-guests.md). Nobody is known there: whom a guest expects mail
 * from stands inside their seals. Envelopes of holders are refused, because only the guest could open them.
 */
export function guestSmtpHandler(
  services: Pick<Services, 'clock' | 'random' | 'mime' | 'custodyCrypto' | 'log' | 'onionKeys'>,
  mailbox: GuestMailbox,
): SmtpHandler {
  const check = (host: string): ReturnType<typeof services.onionKeys.check> => services.onionKeys.check(host);
  return {
    checkMailFrom: (text) => {
      if (text === '') return { address: null, isKnown: false };
      const checked = checkEnvelopeSender(text, check);
      return 'reply' in checked ? checked : { address: checked.address, isKnown: false };
    },
    checkRcptTo: (text, { mailFrom, announcedSize = 0 }) => {
      const { address, agreement } = mailbox.guest();
      if (mailFrom === null) return { reply: smtpReplies.noSuchMailbox };
      const checked = checkEnvelopeRecipient(text, address, check);
      if ('reply' in checked) return checked;
      const used = usedBy(mailbox);
      const reply = refuseForGuest(agreement, { now: services.clock.now(), used, size: announcedSize });
      if (reply) return { reply };
      const room = Math.min(MAX_MESSAGE_BYTES, Math.max(0, agreement.quota - used));
      return { recipient: { for: 'mailbox', address: checked.address }, isKnown: false, room };
    },
    receive: async ({ mailFrom, raw }) =>
      mailFrom === null ? smtpReplies.noSuchMailbox : receiveForGuest(services, mailbox, { mailFrom, raw }),
    // A guest keeps mail for nobody.
    queueRun: () => undefined,
    progressed: () => undefined,
  };
}
