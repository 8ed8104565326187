import type { MailAddress, OnionHost } from '../../../../../shared/ids';
import { present } from '../../../../../shared/present';
import { onionOf } from '../../../domain/mail-address';
import type { Letter } from '../../outgoing/submit-letter';
import type { Mailbox, Services } from '../../mailbox';
import { onionOfMessageId, ownMessageId } from './own-message-id';

type Claimed = { readonly inReplyTo?: string; readonly references: readonly string[] };

/**
 * What a letter answers: a message that is stored here, or what the program says of it. Of that nothing leaves but
 * Message-IDs made at the onion of its writer or of one of the `people` in To and Cc: others name machines, or other
 * identities of the person.
 */
export async function answeredBy(
  services: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
  { claimed, people }: { readonly claimed: Claimed; readonly people: readonly MailAddress[] },
): Promise<Pick<Letter, 'answered' | 'claimed'>> {
  const own = mailbox.identity().address;
  const onions = new Set([own, ...people].map(onionOf));
  const inReplyTo = claimed.inReplyTo ?? claimed.references.at(-1);
  const answered = inReplyTo === undefined ? undefined : await stored(services, mailbox, inReplyTo);
  if (answered) return { answered };
  const mayLeave = (messageId: string): boolean => isOf(onions, messageId);
  return {
    claimed: {
      ...present({ inReplyTo: inReplyTo !== undefined && mayLeave(inReplyTo) ? inReplyTo : undefined }),
      references: claimed.references.filter(mayLeave),
    },
  };
}

/** Also by the name that the program has given it, when it was sent from here under another one. */
async function stored(
  services: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
  messageId: string,
): Promise<Letter['answered']> {
  const onion = onionOf(mailbox.identity().address);
  return (
    mailbox.messages.reference({ rfcMessageId: messageId }) ??
    mailbox.messages.reference({ rfcMessageId: await ownMessageId(services, { messageId, onion }) })
  );
}

function isOf(onions: ReadonlySet<OnionHost>, messageId: string): boolean {
  const onion = onionOfMessageId(messageId);
  return onion !== undefined && onions.has(onion);
}
