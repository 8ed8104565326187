import { PosthornError } from '../../../../../shared/errors';
import type { ContactId, OnionHost } from '../../../../../shared/ids';
import { present } from '../../../../../shared/present';
import { custodyText, type CustodyReceipt } from '../../../domain/custody/custody';
import { onionOf } from '../../../domain/mail-address';
import type { HeldEnvelopeFacts } from '../../../ports/custody-crypto';
import type { Unsubscribe } from '../../../ports/runtime';
import type { Mailbox, Services } from '../../mailbox';
import { sendControl } from '../../control/send-control';
import { MISSING_GRACE_MS } from '../../../domain/custody-limits';

type Told = { readonly contactId: ContactId; readonly facts: HeldEnvelopeFacts; readonly messageId: string };

/**
 * Held envelopes that are remembered until the others had time to come. Past this number the oldest are dropped: a
 * flood of them must not fill the memory.
 */
const MAX_TOLD = 1_000;
/**
 * The longest wait, however often another envelope comes meanwhile: a contact who writes all the time must not hide the
 * gaps of others.
 */
const LONGEST_GRACE_MS = 6 * MISSING_GRACE_MS;

/**
 * Finds messages that holders have signed for and not handed over. Holders hand over newest first and each in its own
 * time, so what an envelope says of others counts only when none has come for a while. Then the person sees the gap,
 * and the sender is told.
 */
export class GapWatch {
  readonly name = 'gaps';
  #told: Told[] = [];
  #since = 0;
  #cancelTimer: Unsubscribe = () => undefined;
  #closed = false;

  constructor(
    private readonly services: Pick<Services, 'clock' | 'random' | 'log' | 'custodyCrypto'>,
    private readonly mailbox: Mailbox,
  ) {}

  /** A held envelope has come, and this is what its sender says; once closed, what they say next time counts. */
  envelopeCame(told: Told): void {
    if (this.#closed) return;
    const now = this.services.clock.now();
    if (this.#told.length === 0) this.#since = now;
    this.#told = [...this.#told, { ...told, facts: this.#believed(told.facts) }].slice(-MAX_TOLD);
    this.#cancelTimer();
    const wait = Math.min(MISSING_GRACE_MS, Math.max(0, this.#since + LONGEST_GRACE_MS - now));
    this.#cancelTimer = this.services.clock.setTimer(wait, () => {
      this.#look();
    });
  }

  /** Stops; what envelopes have said and was not looked at yet is forgotten. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  /**
   * Keeps of the outstanding envelopes only those for which a holder has truly signed, and one receipt of each: a
   * holder is not blamed on a sender's word alone.
   */
  #believed(facts: HeldEnvelopeFacts): HeldEnvelopeFacts {
    const client = onionOf(this.mailbox.identity().address);
    const isTrue = (receipt: CustodyReceipt): boolean =>
      receipt.client === client &&
      this.services.custodyCrypto.verify({
        onion: receipt.holder,
        text: custodyText(receipt),
        signature: receipt.signature,
      });
    const outstanding = facts.outstanding.map((entry) => ({
      ...entry,
      receipts: entry.receipts.filter(isTrue).slice(0, 1),
    }));
    return { ...facts, outstanding: outstanding.filter(({ receipts }) => receipts.length > 0) };
  }

  #look(): void {
    const told = this.#told;
    this.#told = [];
    try {
      for (const each of told) this.#askFor(each);
    } catch (error) {
      this.services.log.error('missing.not-noted', { posthorn: error instanceof PosthornError });
    }
  }

  #askFor({ contactId, facts, messageId }: Told): void {
    const mailbox = this.mailbox;
    const contact = mailbox.contacts.find(contactId);
    if (!contact || contact.blocked) return;
    const missing = mailbox.custody.asRecipient.recordEnvelope({
      contactId,
      facts,
      messageId,
      now: this.services.clock.now(),
    });
    for (const holder of new Set(missing.map((each) => each.holder))) {
      const messageIds = missing.filter((each) => each.holder === holder).map((each) => each.messageId);
      sendControl(this.services, this.mailbox, {
        to: contact.address,
        control: { kind: 'missing', messageIds, ...present({ holder }) },
      });
      if (holder !== undefined) blame(this.mailbox, holder, messageIds.length);
    }
  }
}

function blame(mailbox: Pick<Mailbox, 'custody'>, holder: OnionHost, count: number): void {
  const agreement = mailbox.custody.agreements
    .all()
    .find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
  if (agreement)
    mailbox.custody.agreements.change(agreement.id, {
      faults: { ...agreement.faults, missing: agreement.faults.missing + count },
    });
}
