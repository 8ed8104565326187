import { asciiLowerCase } from '../../../../../shared/address/mailbox-of';
import { letterReplies, replyToBadRecipient } from '../../../domain/clients/letter-replies';
import type { SubmissionAccount } from '../../../ports/submission';
import { checkAddress } from '../../contacts/require-address';
import type { GuestMail } from './guest-mail';
import { submitSealed, type SubmitServices } from './submit-sealed';

/** What a guest's program may send. `queued` is called after each letter. */
export function guestSubmission(services: SubmitServices, mail: GuestMail, queued: () => void): SubmissionAccount {
  return {
    checkSender: (text) =>
      text === '' || asciiLowerCase(text) === mail.guest().address ? undefined : letterReplies.notYourSender,
    checkRecipient: (text) => {
      const checked = checkAddress(services, text);
      return checked.outcome === 'ok' ? undefined : replyToBadRecipient(text, checked.problem);
    },
    submit: async (submission) => {
      const reply = await submitSealed(services, mail, submission);
      queued();
      return reply;
    },
  };
}
