import type { MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { MAX_KEY_BLOCKS } from '../../domain/key-limits';
import { mailboxOf } from '../../domain/mail-address';
import type { QueuedMessage, StoredContact } from '../../ports/storage/mail-records';
import type { MailNotices, OutgoingMessage } from '../../ports/mime';
import { certifiedBlock } from '../trust/exchange-keys';
import { publishedKey } from '../trust/published-key';
import type { Mailbox, Services } from '../mailbox';

/** What goes inside a seal for the sake of trust. */
type EnclosedTrust = Pick<OutgoingMessage, 'keyBlock' | 'otherKeyBlocks' | 'gossip' | 'notices'>;

/**
 * The sender's key, the keys that were put beside the message, the keys of the open recipients for each other
 * (Autocrypt-Gossip), and the notices. The key of a Bcc recipient is never enclosed for others. A certification that
 * the user shares reaches its subject this way.
 */
export async function encloseTrust(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'outbox' | 'contacts' | 'keyring' | 'scanCodes' | 'identity'>,
  { queued, bcc }: { readonly queued: QueuedMessage; readonly bcc: readonly MailAddress[] },
): Promise<EnclosedTrust> {
  const enclosures = mailbox.outbox.enclosures(queued.messageId);
  const open = [...queued.to, ...queued.cc];
  const only = bcc.length === 0 && open.length === 1 ? contactOf(mailbox, open[0]) : undefined;
  const scanCode = only && mailbox.scanCodes.toSend(only.id);
  return {
    keyBlock: await services.pgp.armorPublicKey(await publishedKey(services, mailbox)),
    otherKeyBlocks: await Promise.all((enclosures?.keyBlocks ?? []).map((block) => services.pgp.armorPublicKey(block))),
    gossip: await gossipFor(services, mailbox, open),
    notices: noticesOf(scanCode, enclosures?.movedTo),
  };
}

function noticesOf(scanCode: string | undefined, movedTo: MailAddress | undefined): MailNotices {
  return present({ scanCode, movedTo });
}

function contactOf(mailbox: Pick<Mailbox, 'contacts'>, address: MailAddress | undefined): StoredContact | undefined {
  return address && mailbox.contacts.find(mailboxOf(address));
}

/**
 * The keys of the open recipients, with the user's shareable certification on them; what others certified is theirs to
 * tell. A single recipient gets only what they do not have: their own key, when the user shares a certification on it.
 */
async function gossipFor(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity'>,
  open: readonly MailAddress[],
): Promise<NonNullable<OutgoingMessage['gossip']>> {
  const gossip = [];
  for (const address of open.slice(0, MAX_KEY_BLOCKS)) {
    const contact = contactOf(mailbox, address);
    const isWorthIt = contact && (open.length > 1 || contact.verification?.shared === true);
    const publicKey = isWorthIt
      ? await certifiedBlock(services, mailbox, { contact, withLocal: false, by: mailbox.identity().keys.fingerprint })
      : undefined;
    if (publicKey) gossip.push({ address, publicKey });
  }
  return gossip;
}
