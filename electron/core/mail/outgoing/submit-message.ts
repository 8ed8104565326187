import type { MailAddress, MessageId } from '../../../../shared/ids';
import type { DraftContent, MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { recipientKey } from '../../domain/gateway/recipient-key';
import type { Mailbox, Services } from '../mailbox';
import { requireAddress } from '../contacts/require-address';
import { newSubmitted, requireKey } from './new-submitted';
import { findAnswered } from './write-draft';

type SubmitServices = Pick<Services, 'clock' | 'random' | 'onionKeys'>;
type Recipients = { readonly to: MailAddress[]; readonly cc: MailAddress[]; readonly bcc: MailAddress[] };

/**
 * The way out: turns a draft into a queued message with one delivery per recipient, committed when it returns. It is
 * sealed by `sealQueued` as soon as a recipient's key is known. Throws `address-invalid`, `no-recipient`, `too-many`,
 * `message-unknown`, or `trust-refused` for an identity whose key is revoked; then the draft is as it was.
 */
export function submitMessage(services: SubmitServices, mailbox: Mailbox, draftId: MessageId): MessageSummary {
  const { content } = mailbox.drafts.get(draftId);
  requireKey(mailbox);
  const submitted = mailbox.outbox.submit(
    newSubmitted(services, mailbox, {
      messageId: draftId,
      ...collectRecipients(services, content),
      text: content.text,
      ...present({ answered: findAnswered(mailbox, content) }),
    }),
  );
  mailbox.changes.queued('person');
  return submitted;
}

/** Checked addresses, each mailbox once: an address in To is not repeated in Cc or Bcc. Throws `address-invalid`. */
function collectRecipients(services: Pick<Services, 'onionKeys'>, content: DraftContent): Recipients {
  const taken = new Set<MailAddress>();
  const take = (texts: readonly string[]): MailAddress[] =>
    texts
      .map((text) => requireAddress(services, text))
      .filter((address) => {
        const isNew = !taken.has(recipientKey(address));
        taken.add(recipientKey(address));
        return isNew;
      });
  return { to: take(content.to), cc: take(content.cc), bcc: take(content.bcc) };
}
