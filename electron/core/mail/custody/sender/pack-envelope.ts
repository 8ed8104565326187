import type { DeliveryId, OnionHost } from '../../../../../shared/ids';
import { heldEnvelopeText } from '../../../domain/custody/envelope';
import type { HeldEnvelopeFacts } from '../../../ports/custody-crypto';
import type { PublicKeyBlock } from '../../../ports/keys';
import type { StoredContact } from '../../../ports/storage/mail-records';
import type { Mailbox, Services } from '../../mailbox';

type Copy = {
  readonly contact: StoredContact & { readonly publicKey: PublicKeyBlock };
  readonly deliveryId: DeliveryId;
  readonly raw: Uint8Array;
  readonly holder: OnionHost;
  readonly tokenIndex: number;
  readonly counter: number;
};

/**
 * The held envelope for one holder: the final message and what the recipient must know of its way, sealed for the
 * recipient alone. Throws `too-large`.
 */
export async function packFor(
  services: Pick<Services, 'clock' | 'pgp' | 'mime' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'custody' | 'identity'>,
  o: Copy,
): Promise<Uint8Array> {
  const content = services.custodyCrypto.packHeldEnvelope({ facts: await factsOf(services, mailbox, o), raw: o.raw });
  const sealed = await services.pgp.sealAnonymously({
    content,
    recipient: o.contact.publicKey,
    now: services.clock.now(),
  });
  return services.mime.wrapHeldEnvelope({ to: o.contact.address, date: services.clock.now(), sealed });
}

async function factsOf(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'custody' | 'identity'>,
  o: Copy,
): Promise<HeldEnvelopeFacts> {
  const { address: sender, onionSeed } = mailbox.identity();
  const others = mailbox.custody.asSender
    .outstanding(o.contact.id)
    .filter(({ deliveryId }) => deliveryId !== o.deliveryId);
  const outstanding = others.map(({ counter, rfcMessageId: messageId, receipts }) => ({
    counter,
    messageId,
    receipts: receipts.slice(0, 4),
  }));
  const facts = { sender, holder: o.holder, tokenIndex: o.tokenIndex, counter: o.counter, outstanding };
  const text = heldEnvelopeText({ ...facts, recipient: o.contact.address, digest: await custodyCrypto.digest(o.raw) });
  return { ...facts, signature: custodyCrypto.sign({ seed: onionSeed, text }) };
}
