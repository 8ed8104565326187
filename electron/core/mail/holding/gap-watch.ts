import { PosthornError } from '../../../../shared/errors';
import type { ContactId, OnionHost } from '../../../../shared/ids';
import { MISSING_GRACE_MS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import type { EnvelopeFacts, Unsubscribe } from '../../ports';
import type { Mailbox, Services } from '../services';
import { sendNote } from './send-note';

type Told = { readonly contactId: ContactId; readonly facts: EnvelopeFacts; readonly messageId: string };

/** Envelopes that are remembered until the others had time to come; a contact has this many tokens. */
const MAX_TOLD = 1_000;

/**
 * Finds out what holders have signed for and not handed over. They hand over newest first and each in its own time, so that what an envelope says of
 * others counts when nothing has come for a while; then the person sees it, and the sender is told.
 */
export class GapWatch {
  #told: Told[] = [];
  #cancelTimer: Unsubscribe = () => undefined;

  constructor(
    private readonly services: Pick<Services, 'clock' | 'random' | 'log'>,
    private readonly mailbox: Mailbox,
  ) {}

  /** An envelope has come, and this is what its sender says. */
  note(told: Told): void {
    this.#told = [...this.#told, told].slice(-MAX_TOLD);
    this.#cancelTimer();
    this.#cancelTimer = this.services.clock.setTimer(MISSING_GRACE_MS, () => { this.#look(); });
  }

  close(): void {
    this.#cancelTimer();
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
    const { mail } = this.mailbox;
    const contact = mail.contact(contactId);
    if (!contact || contact.blocked) return;
    const missing = mail.noteEnvelope({ contactId, facts, messageId, now: this.services.clock.now() });
    for (const holder of new Set(missing.map((each) => each.holder))) {
      const messageIds = missing.filter((each) => each.holder === holder).map((each) => each.messageId);
      sendNote(this.services, this.mailbox, { to: contact.address, note: { kind: 'missing', messageIds, ...(holder === undefined ? {} : { holder }) } });
      if (holder !== undefined) blame(this.mailbox, holder, messageIds.length);
    }
  }
}

function blame({ mail }: Mailbox, holder: OnionHost, count: number): void {
  const agreement = mail.agreements().find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
  if (agreement) mail.changeAgreement(agreement.id, { faults: { ...agreement.faults, missing: agreement.faults.missing + count } });
}
