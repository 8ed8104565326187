import type { Delivery } from '../../../shared/message';
import type { CustodyPerson } from './custody-people';
import { sendMail } from './make-test-core';

type Entry = { readonly subject: string; delivery: Delivery; wasHeld: boolean; arrivals: number };

/** The messages of one sender to one recipient and their state, read from the events of both. */
export class MailLedger {
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly sender: CustodyPerson,
    private readonly recipient: CustodyPerson,
  ) {
    sender.core.onEvent((event) => {
      if (event.type === 'delivery.changed') this.#note(event.delivery);
    });
    recipient.core.onEvent((event) => {
      if (event.type !== 'message.stored') return;
      for (const entry of this.#entries.values()) if (entry.subject === event.message.subject) entry.arrivals += 1;
      this.poke();
    });
  }

  /** Resolves when it is queued. */
  async send(text: string): Promise<void> {
    const subject = `Message ${String(this.#entries.size + 1)}`;
    const { id, deliveries } = await sendMail(this.sender.core, this.sender.own, {
      to: [this.recipient.own.address],
      subject,
      text,
    });
    const [delivery] = deliveries;
    if (!delivery) throw new Error('A message without a delivery');
    this.#entries.set(id, { subject, delivery, wasHeld: false, arrivals: 0 });
    // The delivery may have changed since the call was answered.
    const { summary } = await this.sender.core.call('messages.read', { identityId: this.sender.own.id, messageId: id });
    for (const now of summary.deliveries) this.#note(now);
  }

  all(): readonly Readonly<Entry>[] {
    return [...this.#entries.values()];
  }

  /** Resolves when `is` holds; looks again after every event and poke. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!is()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Checks the waiting conditions again, after a change that no event tells. */
  poke(): void {
    for (const check of [...this.#waiting]) check();
  }

  /** Has these deliveries tried at once. */
  async tryNow(entries: readonly Readonly<Entry>[]): Promise<void> {
    const { core, own } = this.sender;
    // A delivery that ends meanwhile needs no try.
    await Promise.allSettled(
      entries.map(({ delivery }) => core.call('outbox.tryNow', { identityId: own.id, deliveryId: delivery.id })),
    );
  }

  #note(delivery: Delivery): void {
    const entry = this.#entries.get(delivery.messageId);
    if (!entry) return;
    entry.delivery = delivery;
    entry.wasHeld ||= (delivery.heldBy ?? 0) > 0;
    this.poke();
  }
}
