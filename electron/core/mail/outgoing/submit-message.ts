import { PosthornError, refused } from '../../../../shared/errors';
import { DeliveryId, type MailAddress, type MessageId } from '../../../../shared/ids';
import type { DraftContent, MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { DELIVERY_LIFETIME_MS, MAX_RECIPIENTS } from '../../domain/limits';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import { placeInThread } from '../../domain/threading';
import type { Mailbox, Services } from '../mailbox';
import { contactFor } from '../contacts/contact-for';
import { requireAddress } from '../contacts/require-address';
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
  if (mailbox.identity().revoked) {
    throw refused(
      'trust-refused',
      'key-revoked',
      'The key of this identity is revoked, so its mail would be refused. Replace the key first; the message is kept in Drafts.',
    );
  }
  const recipients = collectRecipients(services, content);
  const all = [...recipients.to, ...recipients.cc, ...recipients.bcc];
  if (all.length === 0) throw new PosthornError('no-recipient', 'The message has no recipient. It is kept in Drafts.');
  if (all.length > MAX_RECIPIENTS) {
    throw new PosthornError('too-many', 'A message may have 100 recipients. It is kept in Drafts.');
  }
  for (const address of all) contactFor(services, mailbox, address);
  const now = services.clock.now();
  const rfcMessageId = `<${services.random.uuid()}@${onionOf(mailbox.identity().address)}>`;
  const answered = findAnswered(mailbox, content);
  const submitted = mailbox.outbox.submit({
    messageId: draftId,
    rfcMessageId,
    ...placeInThread({ own: rfcMessageId, parent: answered }),
    ...present({ answers: answered?.messageId }),
    ...recipients,
    date: now,
    preview: previewOf(content.text),
    deliveries: all.map((recipient) => ({
      id: DeliveryId.parse(services.random.uuid()),
      recipient,
      state: 'waiting-for-tor',
      expiresAt: now + DELIVERY_LIFETIME_MS,
    })),
  });
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
        const isNew = !taken.has(mailboxOf(address));
        taken.add(mailboxOf(address));
        return isNew;
      });
  return { to: take(content.to), cc: take(content.cc), bcc: take(content.bcc) };
}
