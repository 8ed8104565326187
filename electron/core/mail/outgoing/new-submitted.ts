import { PosthornError, refused } from '../../../../shared/errors';
import { DeliveryId, type MailAddress, type MessageId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { DELIVERY_LIFETIME_MS, MAX_RECIPIENTS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import { placeInThread } from '../../domain/threading';
import { contactFor } from '../contacts/contact-for';
import type { Mailbox, Services } from '../mailbox';
import { namesForPeople } from './names-for-people';
import type { NewSubmitted } from '../../ports/storage/mail-records';

/** Of a letter that leaves: whom it is for, and where it belongs. */
export type Leaving = {
  readonly messageId: MessageId;
  /** Each mailbox once. */
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** Those of them whom it is brought to now; absent: all. */
  readonly deliverTo?: readonly MailAddress[];
  readonly text: string;
  readonly answered?: ReturnType<Mailbox['messages']['reference']>;
  /** Absent, or that of a message that is there already: one that is made here. */
  readonly rfcMessageId?: string;
  /** What another program says that it answers, when that is not stored here. */
  readonly claimed?: { readonly inReplyTo?: string; readonly references: readonly string[] };
};

/**
 * What is queued of a letter, with one delivery per recipient, each of whom is a contact from then on. Throws
 * `no-recipient` or `too-many`; then nothing has changed.
 */
export function newSubmitted(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  leaving: Leaving,
): NewSubmitted {
  const { messageId, to, cc, bcc, deliverTo = [...to, ...cc, ...bcc], answered } = leaving;
  requireNumber(deliverTo);
  for (const address of deliverTo) contactFor(services, mailbox, address);
  const now = services.clock.now();
  const rfcMessageId = freeMessageId(mailbox, leaving) ?? newMessageId(services, mailbox);
  return {
    messageId,
    rfcMessageId,
    ...placedInThread(rfcMessageId, { ...leaving, from: mailbox.identity().address }),
    ...present({ answers: answered?.messageId }),
    ...{ to, cc, bcc },
    date: now,
    preview: previewOf(leaving.text),
    deliveries: deliverTo.map((recipient) => ({
      id: DeliveryId.parse(services.random.uuid()),
      recipient,
      state: 'waiting-for-tor',
      expiresAt: now + DELIVERY_LIFETIME_MS,
    })),
  };
}

const newMessageId = (services: Pick<Services, 'random'>, mailbox: Pick<Mailbox, 'identity'>): string =>
  `<${services.random.uuid()}@${onionOf(mailbox.identity().address)}>`;

/** Who has a message takes another one of its name for a copy, and does not keep it. */
function freeMessageId(mailbox: Pick<Mailbox, 'messages'>, { rfcMessageId }: Leaving): string | undefined {
  const isTaken = rfcMessageId !== undefined && mailbox.messages.reference({ rfcMessageId }) !== undefined;
  return isTaken ? undefined : rfcMessageId;
}

/** What another program put here may have been written to another identity of the person, or come from elsewhere. */
function placedInThread(
  own: string,
  { answered, claimed, from, to, cc }: Leaving & { readonly from: MailAddress },
): ReturnType<typeof placeInThread> {
  const { threadId, ...names } = placeInThread({ own, parent: answered });
  if (answered?.isPutByProgram === true) return { threadId, ...namesForPeople(names, [from, ...to, ...cc]) };
  return { threadId, ...names, ...(answered ? {} : claimed) };
}

/** Throws `trust-refused` for an identity whose key is revoked. */
export function requireKey(mailbox: Pick<Mailbox, 'identity'>): void {
  if (!mailbox.identity().revoked) return;
  throw refused(
    'trust-refused',
    'key-revoked',
    'The key of this identity is revoked, so its mail would be refused. Replace the key first; the message is kept in Drafts.',
  );
}

function requireNumber(recipients: readonly MailAddress[]): void {
  if (recipients.length === 0)
    throw new PosthornError('no-recipient', 'The message has no recipient. It is kept in Drafts.');
  if (recipients.length > MAX_RECIPIENTS)
    throw new PosthornError('too-many', 'A message may have 100 recipients. It is kept in Drafts.');
}
