import { asciiLowerCase } from '../../../../../shared/address/mailbox-of';
import { letterReplies, replyToBadRecipient } from '../../../domain/clients/letter-replies';
import type { SubmissionAccount } from '../../../ports/submission';
import { checkAddress } from '../../contacts/require-address';
import type { Mailbox } from '../../mailbox';
import { submitOctets, type SubmitServices } from './submit-octets';

/**
 * What an app password lets a program send. `mailboxes`: those that it is for and that are in service now;
 * `cleansPictures`: whether pictures lose their details, as those that are attached in the window do.
 */
export function submissionAccount(
  services: SubmitServices,
  o: { readonly mailboxes: () => readonly Mailbox[]; readonly cleansPictures: () => boolean },
): SubmissionAccount {
  return {
    checkSender: (text) => {
      // A program sends a receipt from nobody (RFC 8098 2.1); From is looked at in any case.
      const isOwn = text === '' || o.mailboxes().some((each) => each.identity().address === asciiLowerCase(text));
      return isOwn ? undefined : letterReplies.notYourSender;
    },
    checkRecipient: (text) => {
      const checked = checkAddress(services, text);
      return checked.outcome === 'ok' ? undefined : replyToBadRecipient(text, checked.problem);
    },
    submit: (submission) =>
      submitOctets(services, { mailboxes: o.mailboxes, cleansPictures: o.cleansPictures(), submission }),
  };
}
