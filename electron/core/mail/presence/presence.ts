import type { Reachability } from '../../../../shared/identity';
import type { Vault } from '../../ports/storage/vault';
import { PublishedOnions, type PublishedOnionsParts } from './published-onions';
import type { Services } from '../mailbox';
import { createLookout, type Lookout } from './claim-address';

type PresenceParts = PublishedOnionsParts & {
  readonly vault: Vault;
  /**
   * Looks again whether another machine answers under our address; `forget`: the person knows of it and wants it so.
   */
  readonly lookForDuplicate: (o: { forget: boolean }) => Promise<void>;
  /** Called after every change of reachability. */
  readonly announce: (reachability: Reachability) => void;
};

/**
 * Whether and how an identity can be reached. Publishes its onion, unless the person paused it or the machine it was
 * restored from may still be online. A private identity is reached through private onions alone: its own onion is not
 * published, so that a peer who knows only the address cannot tell whether it is online (PROTOCOL.md 10).
 */
export class Presence {
  readonly #onions: PublishedOnions;
  #isOut = false;
  #hasDuplicate = false;
  #lookout: Lookout | undefined;

  constructor(
    private readonly services: Services,
    private readonly o: PresenceParts,
  ) {
    this.#onions = new PublishedOnions(services, o, () => {
      this.#announce();
    });
  }

  /** How the identity can be reached now. */
  reachability(): Reachability {
    if (this.#hasDuplicate && this.#isOut) return 'elsewhere';
    if (this.#isOut) return this.#onions.reachability();
    return this.#lookout ? whileLooking(this.services, this.#lookout) : 'paused';
  }

  /** Takes the identity off the network, or puts it back; resolves when its onions are withdrawn or asked for. */
  async setPaused(paused: boolean): Promise<void> {
    await (paused ? this.#withdraw() : this.#goOut());
    this.#announce();
  }

  /** Looks for another copy of the identity now; `evenIfElsewhere`: goes into service although one may answer. */
  async takeOver({ evenIfElsewhere }: { readonly evenIfElsewhere: boolean }): Promise<void> {
    if (!this.o.identity().mayBeElsewhere) return this.o.lookForDuplicate({ forget: evenIfElsewhere });
    if (!evenIfElsewhere) return this.#lookout?.look();
    if (this.#lookout) this.#claim();
    else this.#beTheOnlyOne();
  }

  /** Another machine answers under our address, or does so no longer. */
  setDuplicate(hasDuplicate: boolean): void {
    this.#hasDuplicate = hasDuplicate;
    this.#announce();
  }

  /** Publishes again, after the identity became private or public or its private onions changed. */
  async onionsChanged(): Promise<void> {
    await this.#onions.show(this.#isOut);
    this.#announce();
  }

  /** Our listeners are behind other doors now: tor is led to them. */
  async doorsMoved(): Promise<void> {
    await this.#onions.show(false);
    await this.onionsChanged();
  }

  #announce(): void {
    this.o.announce(this.reachability());
  }

  #goOnline(): Promise<void> {
    this.#isOut = true;
    return this.#onions.show(true);
  }

  async #goOut(): Promise<void> {
    if (this.#isOut || this.#lookout) return;
    const { o } = this;
    if (!o.identity().mayBeElsewhere) return this.#goOnline();
    const free = (): void => {
      this.#claim();
    };
    const changed = (): void => {
      this.#announce();
    };
    this.#lookout = createLookout(this.services, { ...o, free, changed });
  }

  #withdraw(): Promise<void> {
    this.#isOut = false;
    this.#endLookout();
    return this.#onions.show(false);
  }

  /** No other machine answers under this address: goes into service. */
  #claim(): void {
    this.#beTheOnlyOne();
    void this.#goOnline();
    this.#announce();
  }

  #beTheOnlyOne(): void {
    this.#endLookout();
    this.o.vault.updateIdentity(this.o.identity().id, { mayBeElsewhere: false });
  }

  #endLookout(): void {
    this.#lookout?.stop();
    this.#lookout = undefined;
  }
}

function whileLooking({ onion }: Pick<Services, 'onion'>, lookout: Lookout): Reachability {
  if (lookout.state() === 'elsewhere') return 'elsewhere';
  return onion.status().phase === 'online' ? 'publishing' : 'offline';
}
