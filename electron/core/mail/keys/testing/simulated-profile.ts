import { DAY_MS, HOUR_MS } from '../../../domain/time';
import { makeOnionKeys } from '../../../onion/onion-keys';
import type { Pgp } from '../../../ports/pgp';
import type { Random } from '../../../ports/runtime';
import type { Vault, VaultIdentity } from '../../../ports/storage/vault';
import { SettableClock } from '../../../testing/settable-clock';
import { createIdentity } from '../../profile/create-identity';
import { dueKeys, nextKeyChange, rotatedKeys } from '../rotate-due-keys';

const LONGEST_CLOSED_MS = 20 * DAY_MS;
const LONGEST_OPEN_MS = 30 * HOUR_MS;

/** What came of one opening: the public key of each identity as a stranger could have fetched it. */
export type Snapshot = { readonly identity: number; readonly publicKey: Uint8Array };

/**
 * A profile of two identities with the real keys and the real rules of their times, opened and closed by chance. Both
 * are made on one evening, and what a person does to one they do to the other.
 */
export class SimulatedProfile {
  readonly #clock: SettableClock;
  readonly #identities: VaultIdentity[] = [];
  readonly #services;

  constructor(
    pgp: Pgp,
    private readonly o: { readonly random: Random; readonly startsAt: number },
  ) {
    this.#clock = new SettableClock(o.startsAt);
    this.#services = {
      clock: this.#clock,
      random: o.random,
      pgp,
      onionKeys: makeOnionKeys(),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    };
  }

  /** Makes two identities within some minutes of one evening. */
  async begin(): Promise<void> {
    const vault: Pick<Vault, 'identities' | 'addIdentity'> = {
      identities: () => this.#identities,
      addIdentity: (identity) => void this.#identities.push(identity),
    };
    for (const localPart of ['work', 'secret']) {
      await createIdentity(this.#services, vault as Vault, { localPart, label: '', colour: 'blue' });
      this.#clock.advance(this.o.random.fraction() * HOUR_MS);
    }
  }

  /** Opens and closes the profile until a time; every key is fetched once at a random moment of each opening. */
  async *live(until: number): AsyncGenerator<Snapshot> {
    while (this.#clock.now() < until) {
      this.#clock.advance(this.o.random.fraction() * LONGEST_CLOSED_MS);
      const closes = this.#clock.now() + this.o.random.fraction() * LONGEST_OPEN_MS;
      await this.#age();
      while (this.#nextChange() < closes) {
        this.#clock.advance(this.#nextChange() - this.#clock.now());
        await this.#age();
      }
      for (const [identity, { keys }] of this.#identities.entries()) yield { identity, publicKey: keys.publicKey };
      this.#clock.advance(Math.max(0, closes - this.#clock.now()));
    }
  }

  /** Stays closed until a time. */
  sleep(until: number): Promise<void> {
    this.#clock.advance(Math.max(0, until - this.#clock.now()));
    return this.#age();
  }

  /** The profile is restored from a backup: all identities come back at once, as `readVault` gives them. */
  restore(): void {
    for (const [index, identity] of this.#identities.entries())
      this.#identities[index] = { ...identity, certifiedAt: 0 };
  }

  /** The person gives both identities new subkeys, one after the other. */
  async rotateByHand(): Promise<void> {
    for (const [index, identity] of this.#identities.entries()) {
      this.#identities[index] = { ...identity, ...(await rotatedKeys(this.#services, identity)) };
      this.#clock.advance(this.o.random.fraction() * HOUR_MS);
    }
  }

  #nextChange(): number {
    return Math.min(...this.#identities.map(nextKeyChange).filter((at) => at > this.#clock.now()));
  }

  async #age(): Promise<void> {
    for (const [index, identity] of this.#identities.entries())
      this.#identities[index] = { ...identity, ...(await dueKeys(this.#services, identity)) };
  }
}
