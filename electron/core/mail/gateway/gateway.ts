import { PosthornError } from '../../../../shared/errors';
import type { GatewayView } from '../../../../shared/gateway/gateway-view';
import { MINUTE_MS } from '../../domain/time';
import type { LocalServer } from '../../ports/local-server';
import type { Unsubscribe } from '../../ports/runtime';
import type { GatewayPlan } from '../../ports/storage/gateway/relay-records';
import type { Mailbox } from '../mailbox';
import { outsideDoor, type ReceiveOutsideServices } from './receive-outside';
import { relayLetters, type RelayServices } from './relay-letters';
import { removeLetter } from './remove-letter';

/**
 * An identity's gateway to ordinary e-mail, when it is one: the port by which the mail server of this machine brings
 * mail, and the letters that wait to leave by it. A part of the identity.
 */
export class Gateway {
  readonly name = 'gateway';
  readonly #ending = new AbortController();
  #open: { readonly port: number; readonly server: LocalServer } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isLooking = false;
  #cancelTimer: Unsubscribe = () => undefined;

  constructor(
    private readonly services: RelayServices & ReceiveOutsideServices,
    private readonly mailbox: Mailbox,
  ) {}

  state(): GatewayView['state'] {
    const plan = this.mailbox.relay.plan();
    if (plan?.isOn !== true) return 'off';
    return this.#open?.port === plan.lmtpPort ? 'listening' : 'taken';
  }

  /** Becomes a gateway of this kind, or none. Throws `port-refused`; then all is as it was. */
  set(plan: GatewayPlan): Promise<void> {
    return this.#inTurn(async () => {
      await this.#listen(plan);
      this.mailbox.relay.setPlan(plan);
      this.look();
    });
  }

  wake(): void {
    this.refresh();
  }

  /** Opens the port when it should be open and is not, and looks for letters. Does not throw. */
  refresh(): void {
    void this.#inTurn(async () => {
      const plan = this.#plan();
      if (!plan || this.#ending.signal.aborted) return;
      await this.#listen(plan).catch(() => {
        this.services.log.warn('gateway.port-taken');
      });
      this.look();
    });
  }

  /** A letter may have come that is to leave, or one is due. Does not throw. */
  look(): void {
    if (this.#isLooking || this.#ending.signal.aborted) return;
    this.#isLooking = true;
    void this.#inTurn(async () => {
      this.#isLooking = false;
      if (this.#plan()?.isOn !== true || this.#ending.signal.aborted) return;
      try {
        await relayLetters(this.services, this.mailbox, this.#ending.signal);
        for (const messageId of this.mailbox.relay.sentIn()) removeLetter(this.mailbox, messageId);
      } catch (error) {
        this.services.log.error('gateway.not-relayed', { posthorn: error instanceof PosthornError });
      }
      this.#lookLater();
    });
  }

  /** Resolves when nothing of it is running. What was being handed over is handed over again, the next time. */
  async close(): Promise<void> {
    this.#ending.abort();
    this.#cancelTimer();
    await this.#inTurn(async () => {
      await this.#open?.server.stop();
      this.#open = undefined;
    });
  }

  #plan(): GatewayPlan | undefined {
    try {
      return this.mailbox.relay.plan();
    } catch {
      return undefined;
    }
  }

  async #listen(plan: GatewayPlan): Promise<void> {
    const wanted = plan.isOn ? plan.lmtpPort : undefined;
    if (this.#open?.port === wanted) return;
    const door = outsideDoor(this.services, this.mailbox);
    const server = wanted === undefined ? undefined : await this.services.mailServer.listen({ port: wanted, door });
    await this.#open?.server.stop();
    this.#open = server === undefined || wanted === undefined ? undefined : { port: wanted, server };
  }

  /** Sooner than a letter is due nothing need be done, but for what was delivered meanwhile, which is deleted. */
  #lookLater(): void {
    this.#cancelTimer();
    if (this.#ending.signal.aborted) return;
    const now = this.services.clock.now();
    const due = this.mailbox.relay.nextDue() ?? now + MINUTE_MS;
    const wait = Math.min(MINUTE_MS, Math.max(1_000, due - now));
    this.#cancelTimer = this.services.clock.setTimer(wait, () => {
      this.refresh();
    });
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const next = this.#turn.then(step);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}
