import type { Reachability } from '../../../../shared/identity';
import type { OwnPrivateOnion } from '../../ports/storage/custody-records';
import type { PublishedOnion } from '../../ports/onion';
import type { Unsubscribe } from '../../ports/runtime';
import type { LocalServer } from '../../ports/local-server';
import { HKP_PORT, SMTP_PORT } from './onion-ports';
import type { Mailbox, Services } from '../mailbox';

type PublishedOnionsServices = Pick<Services, 'onion' | 'onionKeys'>;

export type PublishedOnionsParts = Mailbox & {
  readonly servers: { readonly smtp: LocalServer; readonly hkp: LocalServer };
};

/** An onion of ours that is to be published: its name, its seed, and the clients it admits (absent: everyone). */
type Wanted = { readonly key: string; readonly seed: Uint8Array; readonly clients?: readonly string[] };
type PublishedEntry = { readonly onion: PublishedOnion; readonly stop: Unsubscribe; readonly clients: string };

/**
 * The onions under which one mailbox is found: its own and its private onions, or while it is private these alone
 * (PROTOCOL.md 10).
 */
export class PublishedOnions {
  readonly #open = new Map<string, PublishedEntry>();

  constructor(
    private readonly services: PublishedOnionsServices,
    private readonly parts: PublishedOnionsParts,
    private readonly changed: () => void,
  ) {}

  /** Publishes the onions that are wanted now and withdraws the rest; `isOut` false: withdraws all of them. */
  async show(isOut: boolean): Promise<void> {
    const wanted = isOut ? this.#wanted() : [];
    const names = new Set(wanted.map(({ key }) => key));
    const gone = [...this.#open].filter(([key]) => !names.has(key));
    for (const [key] of gone) this.#open.delete(key);
    const admitting = wanted.map((onion) => this.#admit(onion));
    await Promise.all([...gone.map(([, entry]) => close(entry)), ...admitting]);
  }

  /**
   * The state of the first onion. A private identity that admits no contact yet has no onion, waits for nothing and
   * counts as online.
   */
  reachability(): Reachability {
    const [first] = this.#open.values();
    return first?.onion.state() ?? 'online';
  }

  /** Private onions stay wanted after the identity became public: some contacts know no other way to us. */
  #wanted(): Wanted[] {
    const { onionKeys } = this.services;
    const mailbox = this.parts;
    const privateOnions = mailbox.access.own().filter(({ admitted }) => admitted.length > 0);
    const wantedPrivate = privateOnions.map((each) => ({
      key: onionKeys.onionOf(each.seed),
      seed: each.seed,
      clients: this.#clientsOf(each),
    }));
    const { onionSeed: seed } = mailbox.identity();
    return mailbox.access.isPrivate() ? wantedPrivate : [{ key: onionKeys.onionOf(seed), seed }, ...wantedPrivate];
  }

  #clientsOf({ admitted }: OwnPrivateOnion): string[] {
    return admitted.map(({ secret }) => this.services.onionKeys.clientKey(secret));
  }

  async #admit({ key, seed, clients }: Wanted): Promise<void> {
    const before = this.#open.get(key);
    if (!before) {
      this.#open.set(key, this.#publish({ key, seed, ...(clients ? { clients } : {}) }));
      return;
    }
    if (clients === undefined || before.clients === String(clients)) return;
    this.#open.set(key, { ...before, clients: String(clients) });
    await before.onion.setClients(clients);
  }

  #publish({ seed, clients }: Wanted): PublishedEntry {
    const { smtp, hkp } = this.parts.servers;
    const onion = this.services.onion.publish({
      seed,
      ports: [
        { virtualPort: SMTP_PORT, target: smtp.door },
        { virtualPort: HKP_PORT, target: hkp.door },
      ],
      ...(clients ? { clients } : {}),
    });
    return { onion, stop: onion.onState(this.changed), clients: String(clients) };
  }
}

async function close({ onion, stop }: PublishedEntry): Promise<void> {
  stop();
  await onion.withdraw();
}
