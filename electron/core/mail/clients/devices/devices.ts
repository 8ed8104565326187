import { PosthornError } from '../../../../../shared/errors';
import { ProgramId, type IdentityId } from '../../../../../shared/ids';
import type { Device, DeviceKind, NewDevice } from '../../../../../shared/programs/device';
import type { MailForm } from '../../../../../shared/programs/mail-program';
import { encodeBase32 } from '../../../domain/base32';
import { MAX_DEVICES } from '../../../domain/client-limits';
import { APP_PASSWORD_OCTETS, appPasswordFrom, foldAppPassword } from '../../../domain/clients/app-password';
import { startWait } from '../../../domain/published-time';
import type { KeptDevice, Vault } from '../../../ports/storage/vault';
import type { Services } from '../../mailbox';
import { ClientEntrance, type OpenAccounts } from '../client-entrance';
import { LooksApart } from '../looks-apart';
import { OnionDoor, programPorts, type OnionDoorServices } from '../onion-door';

type Needs = OnionDoorServices & Pick<Services, 'appPasswordHashes' | 'clock' | 'events' | 'random'>;
type NamedDevice = {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly identityIds: readonly IdentityId[];
  readonly form: MailForm;
};

/** Octets of an onion's seed, and of the secret key of a device. */
const KEY_OCTETS = 32;

/**
 * Phones and other computers of the person whose profile is open. Each has an onion that is nobody's address, is there
 * for the device's key alone, and comes and goes whatever the identities do (PROTOCOL.md 13.2).
 */
export class Devices {
  readonly #doors = new Map<ProgramId, OnionDoor>();
  readonly #looks: LooksApart<ProgramId>;
  #isStopped = false;

  constructor(
    private readonly services: Needs,
    private readonly vault: Vault,
    private readonly accounts: OpenAccounts,
  ) {
    this.#looks = new LooksApart(services, async (id) => this.#doors.get(id)?.keepOpen('now'));
  }

  /**
   * Lets all devices in. Each onion is published after a wait of its own, as identities wait before they talk: who sees
   * two onions of this machine come must not see them come in one moment.
   */
  async start(): Promise<void> {
    await Promise.all(this.vault.devices.list().map((device) => this.#enter(device, 'soon')));
  }

  /** Cuts everybody off and withdraws the onions; resolves when nothing of this is running. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#looks.endAll();
    await Promise.all([...this.#doors.values()].map((door) => door.close()));
  }

  view(): Device[] {
    return this.vault.devices.list().flatMap((device) => this.#show(device) ?? []);
  }

  /**
   * Makes an onion, a key to it and a password; the secrets of the device are told to nobody else and never again.
   * Throws `too-many`, `identity-unknown`.
   */
  async add(named: NamedDevice): Promise<NewDevice> {
    this.#check(named);
    const { appPasswordHashes, random, clock, onionKeys } = this.services;
    const password = appPasswordFrom(random.bytes(APP_PASSWORD_OCTETS));
    const hash = await appPasswordHashes.hash({ password: foldAppPassword(password), beside: [] });
    this.#check(named);
    const secret = random.bytes(KEY_OCTETS);
    const device: KeptDevice = {
      ...named,
      id: ProgramId.parse(random.uuid()),
      identityIds: [...new Set(named.identityIds)],
      createdAt: clock.now(),
      hash,
      clientKey: onionKeys.clientKey(secret),
    };
    this.vault.devices.add(device, random.bytes(KEY_OCTETS));
    // The person waits for it: this onion comes by itself, at a moment that no identity shares.
    await this.#enter(device, 'now');
    this.#announce();
    const shown = this.#show(device);
    if (!shown) throw unknownDevice();
    return { device: shown, password, clientKey: encodeBase32(secret) };
  }

  /** Takes onion, key and password away; who is connected is cut off. Throws `program-unknown`. */
  async remove(id: ProgramId): Promise<Device[]> {
    if (!this.vault.devices.remove(id)) throw unknownDevice();
    const door = this.#doors.get(id);
    this.#doors.delete(id);
    this.#looks.end(id);
    door?.entrance.cutProgram(id);
    await door?.close();
    this.#announce();
    return this.view();
  }

  /** An identity goes out of service: whoever reads its mail is cut off. */
  close(identityId: IdentityId): void {
    for (const { entrance } of this.#doors.values()) entrance.cutIdentity(identityId);
  }

  /** An identity was removed: the onion of a device that was for it alone has nobody to let in any more. */
  async identityRemoved(): Promise<void> {
    const useless = this.vault.devices.list().filter(({ identityIds }) => identityIds.length === 0);
    await Promise.all(useless.flatMap(({ id }) => this.#doors.get(id) ?? []).map((door) => door.close()));
    this.#announce();
  }

  /** Throws `too-many`, `identity-unknown`, and `profile-locked` when the profile is being closed. */
  #check({ identityIds }: NamedDevice): void {
    if (this.#isStopped) throw closing();
    if (this.vault.devices.list().length >= MAX_DEVICES) throw tooMany();
    const known = this.vault.identities().map(({ id }) => id);
    if (!identityIds.every((id) => known.includes(id))) throw unknownIdentity();
  }

  async #enter({ id, clientKey, identityIds }: KeptDevice, when: 'soon' | 'now'): Promise<void> {
    const { devices } = this.vault;
    const onionSeed = devices.onionSeed(id);
    if (!onionSeed) return;
    const changed = (): void => {
      this.#announce();
    };
    const entrance = new ClientEntrance(this.services, {
      logins: () => devices.list().filter((each) => each.id === id),
      identities: () => this.vault.identities(),
      accounts: this.accounts,
      used: (o) => devices.used(o),
      changed,
    });
    const wait = (): number => this.#wait();
    const ports = programPorts(this.services, entrance);
    const door = new OnionDoor(this.services, {
      ...{ onionSeed, entrance, wait, changed, clients: [clientKey] },
      ports: () => ports,
    });
    this.#doors.set(id, door);
    this.#looks.begin(id);
    await (identityIds.length > 0 ? door.keepOpen(when) : door.close());
  }

  /** As identities wait before they talk; a device is never alone, since there is an identity beside it. */
  #wait(): number {
    const onions = this.vault.identities().length + this.#doors.size;
    return startWait({ identities: onions, fraction: this.services.random.fraction() });
  }

  #show(device: KeptDevice): Device | undefined {
    const { hash: _hash, clientKey: _key, ...shown } = device;
    const door = this.#doors.get(device.id);
    return door && { ...shown, onion: door.onion, state: door.state(), connections: door.entrance.connections() };
  }

  #announce(): void {
    if (!this.#isStopped) this.services.events.publish({ type: 'devices.changed', devices: this.view() });
  }
}

function closing(): PosthornError {
  return new PosthornError(
    'profile-locked',
    'The profile is being locked. Nothing was added; unlock it and try again.',
  );
}

function tooMany(): PosthornError {
  return new PosthornError(
    'too-many',
    'There are as many devices as there may be. Nothing was added; remove one first.',
  );
}

function unknownIdentity(): PosthornError {
  return new PosthornError('identity-unknown', 'This identity is not in this profile. Nothing was changed.');
}

function unknownDevice(): PosthornError {
  return new PosthornError('program-unknown', 'This device is not in the list. Nothing was changed.');
}
