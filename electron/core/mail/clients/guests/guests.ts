import { PosthornError } from '../../../../../shared/errors';
import { IdentityId, MailAddress } from '../../../../../shared/ids';
import type { Guest, NewGuest } from '../../../../../shared/guests/guest';
import type { GuestKeyProblem } from '../../../../../shared/guests/guest-key';
import { present } from '../../../../../shared/present';
import { MAX_GUESTS } from '../../../domain/client-limits';
import { guestPhase } from '../../../domain/guests/guest-agreement';
import { startWait } from '../../../domain/published-time';
import { DAY_MS, SECOND_MS } from '../../../domain/time';
import type { Unsubscribe } from '../../../ports/runtime';
import type { KeptGuest } from '../../../ports/storage/guests';
import type { Vault } from '../../../ports/storage/vault';
import type { DeliverySlots } from '../../delivery-slots';
import type { Services } from '../../mailbox';
import { LooksApart } from '../looks-apart';
import { certifyGuest, renewGuest } from './certify-guest';
import { guestErrors } from './guest-errors';
import { HostedGuest, type HostServices } from './hosted-guest';
import { newGuestPassword } from './new-guest-password';
import { oneAfterOther } from './one-after-other';

type Needs = HostServices & Pick<Services, 'events'>;

/** Octets of an onion's seed, and of the key of a mail database. */
const KEY_OCTETS = 32;

/**
 * People without Posthorn whom the person hosts. Each has an onion, which is in their address, and mail that is sealed
 * to a key whose secret is not here (docs/decisions/031-guests.md).
 */
export class Guests {
  readonly #hosted = new Map<IdentityId, HostedGuest>();
  readonly #waits = new Map<IdentityId, Unsubscribe>();
  readonly #looks: LooksApart<IdentityId>;
  #stopStatus: Unsubscribe = () => undefined;
  #cancelNews: Unsubscribe | undefined;
  #isStopped = false;
  readonly #inTurn = oneAfterOther();

  constructor(
    private readonly services: Needs,
    private readonly vault: Vault,
    private readonly slots: DeliverySlots,
  ) {
    this.#looks = new LooksApart(services, (id) => this.#look(id));
  }

  /** Puts all guests into service; one whose mail cannot be opened is shown as damaged. */
  async start(): Promise<void> {
    for (const { id } of this.vault.guests.list()) await this.#renew(id);
    await Promise.all(this.vault.guests.list().map((guest) => this.#enter(guest, 'soon')));
    this.#followTor();
  }

  /** Cuts everybody off, withdraws the onions and closes the mail. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopStatus();
    this.#cancelNews?.();
    for (const cancel of this.#waits.values()) cancel();
    this.#looks.endAll();
    await Promise.all([...this.#hosted.values()].map((guest) => guest.close()));
  }

  view(): Guest[] {
    return this.vault.guests.list().map((guest) => this.#show(guest));
  }

  /** Makes onion, address and password; the password is told to nobody else and never again. Throws `too-many`. */
  async add(o: {
    readonly name: string;
    readonly localPart: string;
    readonly quota: number;
    readonly days?: number | undefined;
  }): Promise<NewGuest> {
    const { password, hash } = await newGuestPassword(this.services);
    if (this.#isStopped) throw guestErrors.closing();
    if (this.vault.guests.list().length >= MAX_GUESTS) throw guestErrors.tooMany();
    const { random, clock, onionKeys } = this.services;
    const onionSeed = random.bytes(KEY_OCTETS);
    const now = clock.now();
    const guest: KeptGuest = {
      id: IdentityId.parse(random.uuid()),
      address: MailAddress.parse(`${o.localPart}@${onionKeys.onionOf(onionSeed)}`),
      name: o.name,
      createdAt: now,
      agreement: { quota: o.quota, ...present({ endsAt: endOf(o.days, now) }) },
      hash,
    };
    this.vault.guests.add(guest, { onionSeed, databaseKey: random.bytes(KEY_OCTETS) });
    // The person waits for it, and this onion comes by itself.
    await this.#enter(guest, 'now');
    this.#announce();
    return { guest: this.#show(guest), password };
  }

  /** Takes the public key that the guest's program has made. Throws `identity-unknown`. */
  async setKey(o: {
    readonly guestId: IdentityId;
    readonly key: Uint8Array;
  }): Promise<
    | { readonly outcome: 'certified'; readonly guest: Guest }
    | { readonly outcome: 'refused'; readonly problem: GuestKeyProblem }
  > {
    const guest = this.#require(o.guestId);
    const certified = await certifyGuest(this.services, { guest, onionSeed: this.#seedOf(guest), block: o.key });
    if (certified.outcome === 'refused') return certified;
    this.vault.guests.update(guest.id, { key: certified.key });
    await this.#hosted.get(guest.id)?.keepOpen('now');
    this.#announce();
    return { outcome: 'certified', guest: this.#show(this.#require(guest.id)) };
  }

  /** Their key with its certification, armored. Throws `identity-unknown`, and `invalid-call` when there is none. */
  async certifiedKey(guestId: IdentityId): Promise<{ key: string }> {
    const { key } = this.#require(guestId);
    if (key) return { key: await this.services.pgp.armorPublicKey(key.publicKey) };
    throw new PosthornError('invalid-call', 'This guest has no key yet. Ask for the public key of their mail program.');
  }

  /** Changes name or agreement. Throws `identity-unknown`. */
  async change(
    guestId: IdentityId,
    o: {
      readonly name?: string | undefined;
      readonly quota?: number | undefined;
      readonly days?: number | null | undefined;
    },
  ): Promise<Guest> {
    const { name, agreement } = this.#require(guestId);
    const endsAt = o.days === undefined ? agreement.endsAt : endOf(o.days ?? undefined, this.services.clock.now());
    this.vault.guests.update(guestId, {
      name: o.name ?? name,
      agreement: { quota: o.quota ?? agreement.quota, ...present({ endsAt }) },
    });
    await this.#hosted.get(guestId)?.keepOpen('now');
    this.#announce();
    return this.#show(this.#require(guestId));
  }

  /** Another app password; who is connected with the one before is cut off. Throws `identity-unknown`. */
  async newPassword(guestId: IdentityId): Promise<NewGuest> {
    this.#require(guestId);
    const { password, hash } = await newGuestPassword(this.services);
    await this.#inTurn(async () => {
      if (!this.vault.guests.update(guestId, { hash })) throw guestErrors.unknown();
      await this.#reenter(this.#require(guestId));
    });
    this.#announce();
    return { guest: this.#show(this.#require(guestId)), password };
  }

  /** The seed of their onion as 24 words, for a Posthorn of their own. Throws `identity-unknown`. */
  words(guestId: IdentityId): { words: string[] } {
    return { words: this.services.onionKeys.toWords(this.#seedOf(this.#require(guestId))) };
  }

  /** Deletes a guest with their mail. Throws `identity-unknown`, `address-invalid`. */
  async remove(o: { readonly guestId: IdentityId; readonly confirmAddress: MailAddress }): Promise<Guest[]> {
    const { address } = this.#require(o.guestId);
    if (address !== o.confirmAddress) throw guestErrors.notConfirmed();
    await this.#inTurn(async () => {
      await this.#leave(o.guestId);
      this.vault.guests.remove(o.guestId);
    });
    this.#announce();
    return this.view();
  }

  async #enter(guest: KeptGuest, when: 'soon' | 'now'): Promise<void> {
    // Nobody would close it any more.
    if (this.#isStopped) return;
    try {
      const hosted = new HostedGuest(this.services, guest, {
        guests: this.vault.guests,
        slots: this.slots,
        onionSeed: this.#seedOf(guest),
        wait: () => this.#wait(),
        changed: () => {
          this.#announceSoon();
        },
      });
      this.#hosted.set(guest.id, hosted);
      this.#looks.begin(guest.id);
      await hosted.keepOpen(when);
    } catch (error) {
      // Its file is left as it is, and the guest is shown as damaged.
      this.services.log.error('guest.not-opened', { posthorn: error instanceof PosthornError });
    }
  }

  async #leave(id: IdentityId): Promise<void> {
    this.#waits.get(id)?.();
    this.#waits.delete(id);
    this.#looks.end(id);
    const hosted = this.#hosted.get(id);
    this.#hosted.delete(id);
    await hosted?.close();
  }

  /** A password that was right once is known from then on: only a new entrance forgets it. */
  async #reenter(guest: KeptGuest): Promise<void> {
    await this.#leave(guest.id);
    await this.#enter(guest, 'now');
  }

  #require(id: IdentityId): KeptGuest {
    const guest = this.vault.guests.list().find((each) => each.id === id);
    if (guest) return guest;
    throw guestErrors.unknown();
  }

  #seedOf({ id }: KeptGuest): Uint8Array {
    const seed = this.vault.guests.onionSeed(id);
    if (seed) return seed;
    throw guestErrors.unknown();
  }

  #show({ id, name, address, createdAt, agreement, key, lastUsedAt }: KeptGuest): Guest {
    const hosted = this.#hosted.get(id);
    return {
      ...{ id, name, address, createdAt, quota: agreement.quota },
      ...present({ endsAt: agreement.endsAt, fingerprint: key?.fingerprint, lastUsedAt }),
      phase: guestPhase(agreement, this.services.clock.now()),
      ...(hosted?.view() ?? { state: 'damaged', connections: [], used: 0 }),
    };
  }

  /** As identities wait before they talk; a guest is never alone, since there is an identity beside them. */
  #wait(): number {
    const onions = this.vault.identities().length + this.#hosted.size;
    return startWait({ identities: onions, fraction: this.services.random.fraction() });
  }

  /** Tor reports many times that it is online; only the change wakes the guests, each at a time of their own. */
  #followTor(): void {
    let wasOnline = false;
    const follow = (isOnline: boolean): void => {
      if (isOnline && !wasOnline) for (const id of this.#hosted.keys()) this.#wakeLater(id);
      wasOnline = isOnline;
    };
    this.#stopStatus = this.services.onion.onStatus(({ phase }) => {
      follow(phase === 'online');
    });
    follow(this.services.onion.status().phase === 'online');
  }

  #wakeLater(id: IdentityId): void {
    this.#waits.get(id)?.();
    this.#waits.set(
      id,
      this.services.clock.setTimer(this.#wait(), () => this.#hosted.get(id)?.wake()),
    );
  }

  /** Sockets may be gone, agreements end, certifications age. */
  async #look(id: IdentityId): Promise<void> {
    await this.#renew(id);
    await this.#hosted.get(id)?.keepOpen('now');
  }

  async #renew(id: IdentityId): Promise<void> {
    const kept = this.#isStopped ? [] : this.vault.guests.list();
    const guest = kept.find((each) => each.id === id);
    if (!guest) return;
    const key = await renewGuest(this.services, { guest, onionSeed: this.#seedOf(guest) }).catch(() => undefined);
    if (key && !this.#isStopped) this.vault.guests.update(id, { key });
  }

  /** Mail comes many at a time; the windows hear of it once a second. */
  #announceSoon(): void {
    if (this.#isStopped || this.#cancelNews) return;
    this.#cancelNews = this.services.clock.setTimer(SECOND_MS, () => {
      this.#announce();
    });
  }

  #announce(): void {
    this.#cancelNews?.();
    this.#cancelNews = undefined;
    if (!this.#isStopped) this.services.events.publish({ type: 'guests.changed', guests: this.view() });
  }
}

function endOf(days: number | undefined, now: number): number | undefined {
  return days === undefined ? undefined : now + days * DAY_MS;
}
