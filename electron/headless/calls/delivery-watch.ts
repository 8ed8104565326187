import { PosthornError } from '../../../shared/errors';
import type { DeliveryId, MessageId } from '../../../shared/ids';
import type { Delivery, DeliveryState } from '../../../shared/message';
import type { CommandContext } from '../commands/command';
import { deliveryLine } from '../lines/show-lines';

const finalStates: readonly DeliveryState[] = ['delivered', 'failed', 'cancelled'];

/** Follows the deliveries of one message. Made before the message is submitted, so that no event is missed. */
export class DeliveryWatch {
  readonly #context: CommandContext;
  readonly #deliveries = new Map<DeliveryId, Delivery>();
  #wake: () => void = () => undefined;
  #closed = false;
  #begun = false;

  constructor(context: CommandContext, messageId: MessageId) {
    this.#context = context;
    context.core.onEvent((event) => {
      if (event.type === 'delivery.changed' && event.delivery.messageId === messageId) this.#note(event.delivery);
    });
    context.core.onClose(() => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** The deliveries as the submission answered them; what an event told since is newer. */
  begin(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries)
      if (!this.#deliveries.has(delivery.id)) this.#deliveries.set(delivery.id, delivery);
    this.#begun = true;
    this.#wake();
  }

  /** Resolves when every delivery has ended. @throws PosthornError `connection-closed` when Posthorn ends before */
  async ended(): Promise<Delivery[]> {
    while (!this.#allEnded()) {
      if (this.#closed)
        throw new PosthornError(
          'connection-closed',
          'The running Posthorn ended. The message is in its outbox and goes on when it runs again.',
        );
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return [...this.#deliveries.values()];
  }

  #allEnded(): boolean {
    return this.#begun && [...this.#deliveries.values()].every(({ state }) => finalStates.includes(state));
  }

  #note(delivery: Delivery): void {
    this.#deliveries.set(delivery.id, delivery);
    this.#context.output.progress(deliveryLine(delivery));
    this.#wake();
  }
}
