import type { DeliveryId, MessageId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { mailboxOf } from '../../domain/mail-address';
import { awaitsAcceptance } from '../../domain/trust/awaits-acceptance';
import type { PublicKeyBlock } from '../../ports/keys';
import type { QueuedMessage, StoredContact } from '../../ports/storage/mail-records';
import type { OutgoingMessage } from '../../ports/mime';
import { encloseTrust } from './enclose-trust';
import { sealingTarget } from './sealing-target';
import { recordRefusal } from '../trust/learn-key';
import type { Mailbox, Services } from '../mailbox';

type SealServices = Pick<Services, 'clock' | 'pgp' | 'mime'>;
type Sealable = { readonly delivery: Delivery; readonly key: UsableKey };
type UsableKey = { readonly publicKey: PublicKeyBlock; readonly target: string };
type Copy = { readonly items: readonly Sealable[]; readonly bcc: OutgoingMessage['bcc'] };

/**
 * Signs and seals a queued message for every recipient whose key is known by now, and keeps the final bytes, which all
 * retries resend. To and Cc share one sealed message; each Bcc recipient gets a copy of their own, and only that copy
 * names them. Answers the bytes for `wanted` if they were sealed now: a large message need not be read back from the
 * disk to be sent.
 */
export async function sealQueued(
  services: SealServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contents' | 'contacts' | 'keyring' | 'scanCodes' | 'identity' | 'changes'>,
  { messageId, wanted }: { readonly messageId: MessageId; readonly wanted: DeliveryId },
): Promise<Uint8Array | undefined> {
  const queued = await mailbox.outbox.queued(messageId);
  const sealable = await unsealedWithKey(services, mailbox, messageId);
  const isHidden = (item: Sealable): boolean => queued.bcc.includes(item.delivery.recipient);
  const open = sealable.filter((item) => !isHidden(item));
  const copies: readonly Copy[] = [
    ...(open.length > 0 ? [{ items: open, bcc: [] }] : []),
    ...sealable.filter(isHidden).map((item) => ({ items: [item], bcc: [item.delivery.recipient] })),
  ];
  let found: Uint8Array | undefined;
  for (const copy of copies) {
    const raw = await sealFor(services, mailbox, { ...copy, queued });
    if (copy.items.some(({ delivery }) => delivery.id === wanted)) found = raw;
  }
  return found;
}

async function unsealedWithKey(
  services: SealServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contacts' | 'changes'>,
  messageId: MessageId,
): Promise<Sealable[]> {
  const sealable: Sealable[] = [];
  for (const delivery of mailbox.outbox.deliveries({ unfinishedOnly: true, withControl: true })) {
    if (delivery.messageId !== messageId || mailbox.outbox.isSealed(delivery.id)) continue;
    const contact = mailbox.contacts.find(mailboxOf(delivery.recipient));
    const key = contact && !awaitsAcceptance(contact) && (await usableKey(services, mailbox, contact));
    if (key) sealable.push({ delivery, key });
  }
  return sealable;
}

/**
 * The key we have for a recipient. Undefined when it or its certification has expired meanwhile, or nothing can be
 * sealed to it any more: it is asked for with the next try, and the other recipients of the message do not wait
 * for it. /
 */
export async function usableKey(
  services: Pick<Services, 'clock' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'changes'>,
  contact: StoredContact,
): Promise<UsableKey | undefined> {
  const { publicKey, address, fingerprint } = contact;
  if (!publicKey || !isUsable(contact)) return undefined;
  const check = await services.pgp.checkKeyBlock({ block: publicKey, address, now: services.clock.now() });
  if (check.outcome === 'certified') return { publicKey, target: sealingTarget(check) };
  recordRefusal(mailbox, contact, check);
  // A clock that was set back makes no key worse.
  return check.reason === 'certification-future' ? { publicKey, target: `${fingerprint ?? ''}/` } : undefined;
}

const isUsable = ({ keyState }: StoredContact): boolean => keyState === 'certified' || keyState === 'changed';

async function sealFor(
  services: SealServices,
  mailbox: Pick<Mailbox, 'outbox' | 'contents' | 'contacts' | 'keyring' | 'scanCodes' | 'identity'>,
  o: Copy & { readonly queued: QueuedMessage },
): Promise<Uint8Array> {
  const { keys, address, certifiedAt } = mailbox.identity();
  const isControl = mailbox.outbox.enclosures(o.queued.messageId)?.control !== undefined;
  const enclosed = await encloseTrust(services, mailbox, o);
  const message: OutgoingMessage = {
    ...withoutStoreFields(o.queued),
    messageId: o.queued.rfcMessageId,
    from: address,
    bcc: o.bcc,
    ...enclosed,
  };
  const content = await services.mime.buildInner(message);
  const sealed = await services.pgp.seal({
    content,
    secretKey: keys.secretKey,
    recipients: [...o.items.map(({ key }) => key.publicKey), keys.publicKey],
    // A control message tells its day and no more: many are made by one timer, for all identities.
    now: services.clock.now(),
    ...(isControl ? { signedAt: o.queued.date } : {}),
  });
  // Replaced meanwhile: whoever has seen the new key refuses for good what the old one signed.
  const isReplaced = (): boolean => mailbox.identity().keys.fingerprint !== keys.fingerprint;
  if (isReplaced()) return sealFor(services, mailbox, o);
  const raw = services.mime.wrapSealed({ message, sealed });
  const isKept = await mailbox.contents.stage(raw, (content) => {
    if (isReplaced()) return false;
    mailbox.outbox.putSealed({
      messageId: o.queued.messageId,
      deliveryIds: o.items.map((item) => item.delivery.id),
      raw: content,
      with: {
        keys: o.items.map(({ key }) => key.target),
        certifiedAt,
        ...present({ scanCode: enclosed.notices?.scanCode }),
      },
    });
    return true;
  });
  if (!isKept) return sealFor(services, mailbox, o);
  return raw;
}

function withoutStoreFields({
  rfcMessageId: _id,
  messageId: _row,
  ...message
}: QueuedMessage): Omit<QueuedMessage, 'rfcMessageId' | 'messageId'> {
  return message;
}
