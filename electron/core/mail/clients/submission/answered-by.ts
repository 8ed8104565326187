import type { MailAddress } from '../../../../../shared/ids';
import { onionOf } from '../../../domain/mail-address';
import { namesForPeople } from '../../outgoing/names-for-people';
import type { Letter } from '../../outgoing/submit-letter';
import type { Mailbox, Services } from '../../mailbox';
import { ownMessageId } from './own-message-id';

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
  const inReplyTo = claimed.inReplyTo ?? claimed.references.at(-1);
  const answered = inReplyTo === undefined ? undefined : await stored(services, mailbox, inReplyTo);
  if (answered) return { answered };
  const { references } = claimed;
  return { claimed: namesForPeople({ inReplyTo, references }, [mailbox.identity().address, ...people]) };
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
