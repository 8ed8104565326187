import { MailAddress, type MessageId } from '../../../../shared/ids';
import { PosthornError } from '../../../../shared/errors';
import type { ContactCard } from '../../ports/mime';
import type { Mailbox, Services } from '../mailbox';

/** Most cards that are read from one message: one with more is a mailing, not an introduction. */
const MAX_CARDS = 8;
const MAX_CARD_BYTES = 600_000;
const CARD_TYPES = new Set(['text/vcard', 'text/x-vcard', 'text/directory', 'application/vcard']);

/**
 * The contact cards attached to a message, each as a text for `cards.read`. Cards without exactly one well-formed
 * address are left out. Throws `message-unknown`.
 */
export async function cardsOf(
  services: Pick<Services, 'mime'>,
  mailbox: Pick<Mailbox, 'messages'>,
  messageId: MessageId,
): Promise<{ text: string; address: MailAddress; name: string }[]> {
  const files = mailbox.messages
    .detail(messageId)
    .attachments.filter((file) => isCard(file) && file.size <= MAX_CARD_BYTES);
  const read = files.slice(0, MAX_CARDS).map(({ id }) => mailbox.messages.attachment(messageId, id));
  const cards = await Promise.all((await Promise.all(read)).map(({ content }) => readable(services, content)));
  return cards
    .flat()
    .flatMap((card) => {
      const address = MailAddress.safeParse(card.addresses[0]);
      const isOne = card.addresses.length === 1 && address.success;
      return isOne
        ? [
            {
              text: services.mime.writeCard({ ...card, addresses: [address.data] }),
              address: address.data,
              name: card.name,
            },
          ]
        : [];
    })
    .slice(0, MAX_CARDS);
}

/** The cards of one file; none when it takes too much to read, which must not cost the others. */
async function readable({ mime }: Pick<Services, 'mime'>, content: Uint8Array): Promise<ContactCard[]> {
  try {
    return (await mime.readCards(content)) ?? [];
  } catch (error) {
    if (error instanceof PosthornError && error.code === 'unreadable-content') return [];
    throw error;
  }
}

/** By its type, also an old one, or by its name where the type says nothing. */
function isCard({ contentType, filename }: { readonly contentType: string; readonly filename: string }): boolean {
  const isUntold = /^(?:application\/octet-stream|text\/plain)$/.test(contentType);
  return CARD_TYPES.has(contentType) || (isUntold && /\.vcf$/i.test(filename));
}
