import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import type { IdentityId, MailAddress } from '../../../../shared/ids';
import type { Unsubscribe } from '../../ports/runtime';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import { dueKeys, nextKeyChange } from '../keys/rotate-due-keys';
import { createDeliverySlots, partOfSlots } from '../delivery-slots';
import { openIdentity, type OpenIdentity } from './open-identity';
import { toIdentity } from './show-identity';
import { createImapAccount } from '../clients/account/imap-account';
import { submissionAccount } from '../clients/submission/submission-account';
import type { OpenAccounts } from '../clients/client-entrance';
import { Devices } from '../clients/devices/devices';
import { Guests } from '../clients/guests/guests';
import { MailPrograms } from '../clients/mail-programs';
import { createOwnKeys, type OwnKeys } from '../keys/own-keys';
import type { Services } from '../mailbox';
import { MAX_PARALLEL_DELIVERIES_OF_GUESTS } from '../../domain/client-limits';
import { startWait } from '../../domain/published-time';
import { DAY_MS } from '../../domain/time';

/**
 * An open vault with every identity in service. An identity that cannot be opened is shown as damaged, and its file is
 * left as it is.
 */
export class UnlockedProfile {
  readonly #open = new Map<IdentityId, OpenIdentity>();
  readonly #keys = new Map<IdentityId, OwnKeys>();
  /** The identities that could not be opened, and why. */
  readonly #shut = new Map<IdentityId, PosthornError>();
  readonly #slots = createDeliverySlots();
  #stopStatus: Unsubscribe = () => undefined;
  #cancelRenewal: Unsubscribe = () => undefined;
  /** While identities are opened, the first must not talk before the last has drawn its time. */
  #isStarting = false;
  /** Other mail programs, and their way in. */
  readonly programs: MailPrograms;
  /** The person's other devices, and theirs. */
  readonly devices: Devices;
  /** People whom the person hosts. */
  readonly guests: Guests;
  /** Identities that are to try everything in a moment, and nothing before. */
  readonly #waits = new Map<IdentityId, Unsubscribe>();

  constructor(
    private readonly services: Services,
    readonly vault: Vault,
  ) {
    const accounts: OpenAccounts = {
      imap: ({ identityId, form }) => {
        const mail = this.#open.get(identityId);
        return mail && createImapAccount({ services, mail, form });
      },
      submission: (identityIds) =>
        submissionAccount(services, {
          mailboxes: () => identityIds().flatMap((id) => this.#open.get(id) ?? []),
          cleansPictures: () => vault.settings().cleanPictures,
        }),
    };
    this.programs = new MailPrograms(services, vault, accounts);
    this.devices = new Devices(services, vault, accounts);
    this.guests = new Guests(services, vault, partOfSlots(this.#slots, MAX_PARALLEL_DELIVERIES_OF_GUESTS));
  }

  /** Opens all identities; deliveries start whenever Tor comes up, and keys change when they are due.
   * In another order each time: the order in which onions are published must not be a mark of the profile. */
  async start(): Promise<void> {
    const { bridges, builtInBridges } = this.vault.settings();
    await this.services.onion.setBridges(bridges, builtInBridges).catch(() => {
      // The Tor status shows bridges that cannot be used; the mail here must be readable all the same.
      this.services.log.warn('bridges.not-set');
    });
    this.#isStarting = true;
    for (const identity of inAnyOrder(this.services, this.vault.identities())) {
      await this.open(identity).catch((error: unknown) => {
        this.#keepShut(identity.id, error);
      });
    }
    this.#isStarting = false;
    this.#followTor();
    this.#ageLater();
    await this.programs.start();
    await this.devices.start();
    await this.guests.start();
  }

  /** Opens an identity and puts it into service; rejects as `openIdentity` does. */
  async open(identity: VaultIdentity): Promise<OpenIdentity> {
    const opened = await openIdentity(this.services, {
      vault: this.vault,
      identity,
      slots: this.#slots,
      startWait: () => this.#startWait(),
      turn: {
        mayBegin: () => !this.#isStarting && !this.#waits.has(identity.id),
        begin: () => this.#endWait(identity.id),
      },
    });
    this.#open.set(identity.id, opened);
    this.#keys.set(identity.id, createOwnKeys(this.services, { vault: this.vault, opened }));
    return opened;
  }

  /**
   * Opens an identity that was made just now. When it cannot be put into service it is removed from the vault again.
   */
  async openNew(identity: VaultIdentity): Promise<OpenIdentity> {
    const opened = await this.open(identity).catch((error: unknown) => {
      this.vault.removeIdentity(identity.id);
      throw error;
    });
    this.#ageLater();
    return opened;
  }

  /** An identity that is just being opened or closed is offline; only one that could not be opened is damaged. */
  views(): Identity[] {
    return this.vault.identities().map((identity) => {
      const notOpen = this.#shut.has(identity.id) ? 'damaged' : 'offline';
      return this.#open.get(identity.id)?.view() ?? toIdentity(identity, { reachability: notOpen, isPrivate: false });
    });
  }

  /**
   * The open identity. Throws the reason why it was not opened, `profile-locked` while it is being opened or closed, or
   * `identity-unknown`.
   */
  require(identityId: IdentityId): OpenIdentity {
    const identity = this.#open.get(identityId);
    if (identity) return identity;
    const reason = this.#shut.get(identityId);
    if (reason) throw reason;
    if (this.vault.identities().some((each) => each.id === identityId)) {
      throw new PosthornError(
        'profile-locked',
        'This identity is being opened or closed. Nothing was changed; try again in a moment.',
      );
    }
    throw new PosthornError('identity-unknown', 'This identity is not in this profile.');
  }

  /** The keys of an open identity, to change them; throws as `require` does. */
  ownKeys(identityId: IdentityId): OwnKeys {
    const opened = this.require(identityId);
    const keys = this.#keys.get(identityId) ?? createOwnKeys(this.services, { vault: this.vault, opened });
    this.#keys.set(identityId, keys);
    return keys;
  }

  /**
   * Closes an identity and destroys its keys and mail. Throws `identity-unknown`, or `address-invalid` when the
   * repeated address is another.
   */
  async remove(o: { identityId: IdentityId; confirmAddress: MailAddress }): Promise<void> {
    const identity = this.vault.identities().find((each) => each.id === o.identityId);
    if (!identity) throw new PosthornError('identity-unknown', 'This identity is not in this profile.');
    if (identity.address !== o.confirmAddress) {
      throw new PosthornError('address-invalid', 'The address does not match. Nothing was deleted.');
    }
    const opened = this.#open.get(o.identityId);
    this.#open.delete(o.identityId);
    this.#keys.delete(o.identityId);
    this.programs.close(o.identityId);
    this.devices.close(o.identityId);
    await opened?.close();
    this.vault.removeIdentity(o.identityId);
    this.programs.identityRemoved();
    await this.devices.identityRemoved();
    this.#shut.delete(o.identityId);
  }

  /** Takes all identities out of service and locks the vault, whatever fails. */
  async stop(): Promise<void> {
    this.#stopStatus();
    this.#cancelRenewal();
    this.#cancelRenewal = () => undefined;
    for (const cancel of this.#waits.values()) cancel();
    await Promise.all([this.programs.stop(), this.devices.stop(), this.guests.stop()]);
    await Promise.allSettled([...this.#open.values()].map((identity) => identity.close()));
    this.vault.lock();
  }

  /** Tor reports many times that it is online; only the change makes everything be tried now. */
  #followTor(): void {
    let wasOnline = this.services.onion.status().phase === 'online';
    if (wasOnline) this.#tryEach();
    this.#stopStatus = this.services.onion.onStatus(({ phase }) => {
      const isOnline = phase === 'online';
      if (isOnline && !wasOnline) this.#tryEach();
      wasOnline = isOnline;
    });
  }

  /**
   * Whoever is a contact of two identities, or keeps mail for both, must not hear them come in one moment: each waits
   * for a time of its own.
   */
  #tryEach(): void {
    for (const id of this.#open.keys()) {
      this.#endWait(id);
      const wait = this.#startWait();
      if (wait === 0) this.#open.get(id)?.tryEverything();
      else
        this.#waits.set(
          id,
          this.services.clock.setTimer(wait, () => this.#open.get(id)?.tryEverything()),
        );
    }
  }

  /** Whether there was one. */
  #endWait(id: IdentityId): boolean {
    this.#waits.get(id)?.();
    return this.#waits.delete(id);
  }

  #startWait(): number {
    return startWait({ identities: this.#open.size, fraction: this.services.random.fraction() });
  }

  #keepShut(id: IdentityId, error: unknown): void {
    this.services.log.error('identity.not-opened', { posthorn: error instanceof PosthornError });
    this.#shut.set(id, error instanceof PosthornError && error.code !== 'internal' ? error : unopened(error));
  }

  async #age(id: IdentityId): Promise<void> {
    try {
      await this.ownKeys(id).inTurn(async (identity, write) => {
        const change = await dueKeys(this.services, identity);
        if (Object.keys(change).length > 0) write(change);
      });
    } catch {
      this.services.log.error('keys.not-aged');
    }
  }

  /**
   * Every identity's keys change at the time that was drawn for it, so that no two change in one turn of this timer;
   * once a day old secrets are destroyed, too.
   */
  #ageLater(): void {
    this.#cancelRenewal();
    const now = this.services.clock.now();
    const due = this.vault.identities().map(nextKeyChange);
    const wait = Math.min(DAY_MS, ...due.filter((at) => at > now).map((at) => at - now));
    this.#cancelRenewal = this.services.clock.setTimer(wait, () => {
      void this.#ageAll();
    });
  }

  async #ageAll(): Promise<void> {
    const cancel = this.#cancelRenewal;
    await Promise.all([...this.#open.keys()].map((id) => this.#age(id)));
    if (cancel === this.#cancelRenewal) this.#ageLater();
  }
}

function inAnyOrder<T>({ random }: Pick<Services, 'random'>, all: readonly T[]): T[] {
  return all
    .map((each) => ({ each, order: random.fraction() }))
    .sort((one, other) => one.order - other.order)
    .map(({ each }) => each);
}

function unopened(cause: unknown): PosthornError {
  return new PosthornError(
    'store-damaged',
    'The mail of this identity cannot be opened. Its file was left as it is; restore it from a backup.',
    { cause },
  );
}
