import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { defaultHoldTerms } from '../../../../shared/custody';
import { AgreementId, CustodyId, OnionHost } from '../../../../shared/ids';
import type { ContactId, DeliveryId, MailAddress, MessageId } from '../../../../shared/ids';
import type { HolderList, ControlMessage } from '../../../../shared/wire/control-message';
import { controlTopic } from '../../domain/control/control-topic';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import type { Agreement, Custody, HeldMail, NewControl } from '../../ports/storage/custody-records';
import type { MailStore } from '../../ports/storage/mail-store';
import { ALICE, BOB, contact, newDeliveryId, newMessageId, NOW, saveDraft, submitted } from './store-fixtures';
import type { TestStore } from './store-fixtures';

export const DAVE = OnionHost.parse(`${'d'.repeat(56)}.onion`);
export const ERIN = OnionHost.parse(`${'e'.repeat(56)}.onion`);
export const SIGNATURE = 'S'.repeat(86);
export const DAY = 24 * 60 * 60_000;

export const newAgreementId = (): AgreementId => AgreementId.parse(randomUUID());
export const newCustodyId = (): CustodyId => CustodyId.parse(randomUUID());
export const newHash = (): Uint8Array => new Uint8Array(randomBytes(16));
export const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** An active agreement under which we hold mail for Bob. */
export function agreement(change: Partial<Agreement> & { readonly quotaBytes?: number } = {}): Agreement {
  const { quotaBytes = defaultHoldTerms.quotaBytes, ...rest } = change;
  const id = rest.id ?? newAgreementId();
  return {
    id,
    role: 'holder',
    peer: BOB,
    state: 'active',
    agreed: {
      id,
      client: BOB,
      holder: ALICE,
      terms: { ...defaultHoldTerms, quotaBytes },
      from: NOW,
      until: NOW + 180 * DAY,
    },
    clientSignature: SIGNATURE,
    askedAt: NOW,
    handedOver: 0,
    faults: { missing: 0, replayed: 0, expired: 0 },
    ...rest,
  };
}

export type HeldFixture = { readonly mail: HeldMail; readonly token: Uint8Array; readonly content: Uint8Array };

/** A message that a sender leaves here under a token. */
export function holding(
  agreementId: AgreementId,
  token: Uint8Array,
  content: Uint8Array = new Uint8Array(randomBytes(100)),
): HeldFixture {
  const mail = {
    id: newCustodyId(),
    agreementId,
    size: content.length,
    digest: digestOf(content),
    heldAt: NOW,
    until: NOW + 20 * DAY,
    signature: SIGNATURE,
    attempts: 0,
    refusals: 0,
    keptMs: 0,
  };
  return { mail, token, content };
}

export function receipt(holder: OnionHost = DAVE, change: Partial<CustodyReceipt> = {}): CustodyReceipt {
  return {
    holder,
    client: OnionHost.parse(BOB.slice(BOB.indexOf('@') + 1)),
    custodyId: newCustodyId(),
    digest: digestOf(new Uint8Array([1])),
    at: NOW + 10,
    until: NOW + 20 * DAY,
    signature: SIGNATURE,
    ...change,
  };
}

/** Submits a message to Bob, or to others. */
export function submit(
  store: MailStore,
  recipients: readonly MailAddress[] = [BOB],
): { readonly id: MessageId; readonly rfcMessageId: string; readonly deliveries: DeliveryId[] } {
  const id = saveDraft(store);
  const deliveries = recipients.map((recipient) => ({
    id: newDeliveryId(),
    recipient,
    state: 'waiting-for-tor' as const,
    expiresAt: NOW + DAY,
  }));
  const message = submitted(id, { to: recipients, deliveries });
  store.outbox.submit(message);
  return { id, rfcMessageId: message.rfcMessageId, deliveries: deliveries.map((delivery) => delivery.id) };
}

/** Leaves the delivery with a holder; answers the receipt. */
export function leave(store: MailStore, deliveryId: DeliveryId, given: CustodyReceipt = receipt()): CustodyReceipt {
  putSending(store, deliveryId, given.holder);
  store.custody.asSender.settleCustody({ deliveryId, holder: given.holder, receipt: given });
  return given;
}

export function putSending(store: MailStore, deliveryId: DeliveryId, holder: OnionHost = DAVE): Custody {
  const custody: Custody = { deliveryId, holder, token: 'abcdefghijklmnopqrstuvwxyz', tokenIndex: 0, state: 'sending' };
  store.custody.asSender.putCustody({ custody, envelope: new Uint8Array([1, 2, 3]) });
  return custody;
}

export function addBob(test: Pick<TestStore, 'identityId'> & { readonly store: MailStore }): ContactId {
  return test.store.contacts.add(contact({ identityId: test.identityId })).id;
}

export function holderList(change: Partial<HolderList> = {}): HolderList {
  return {
    issuedAt: NOW,
    tokenSeed: Buffer.alloc(32, 7).toString('base64'),
    holders: [{ onion: DAVE, until: NOW + DAY }],
    ...change,
  };
}

export function envelopeFacts(counter: number, outstanding: HeldEnvelopeFacts['outstanding'] = []): HeldEnvelopeFacts {
  return { sender: BOB, holder: DAVE, tokenIndex: 0, counter, outstanding, signature: SIGNATURE };
}

export function newControl(control: ControlMessage, change: Partial<NewControl> = {}): NewControl {
  const messageId = newMessageId();
  return {
    messageId,
    deliveryId: newDeliveryId(),
    rfcMessageId: `<${messageId}@${'a'.repeat(56)}.onion>`,
    to: BOB,
    subject: 'Where mail to me may be left',
    text: 'Words for other programs.',
    control,
    topic: controlTopic(control),
    date: NOW,
    expiresAt: NOW + DAY,
    ...change,
  };
}
