import { join } from 'node:path';
import type { OpenIdentity } from '../../mail/profile/open-identity';
import type { Services } from '../../mail/mailbox';
import { UnlockedProfile } from '../../mail/profile/unlocked-profile';
import type { MailStore } from '../../ports/storage/mail-store';
import type { Log } from '../../ports/runtime';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import { createMailStore } from '../../store/mail-store';
import { MachineClock } from './machine-clock';
import { MachinePorts } from './machine-ports';
import { machineServices } from './machine-services';
import { poweredStore, Power } from './power';
import type { SeededRandom } from './seeded-random';
import { createStandInVault } from './stand-in-vault';
import { VirtualOnion } from './virtual-onion';
import type { World } from './world';

/** Milliseconds that an operating system gives a program to end. */
const STOP_MS = 10_000;

/** From one start of the program to its end. */
export type Session = {
  readonly services: Services;
  readonly profile: UnlockedProfile;
  readonly power: Power;
  readonly clock: MachineClock;
  readonly onion: VirtualOnion;
  isAsleep: boolean;
};

type Parts = {
  readonly identity: VaultIdentity;
  readonly random: SeededRandom;
  readonly log: Log;
  /** Changes the program of a malicious person; called at each start, with access to its store. */
  readonly changed?: (services: Services, mail: () => MailStore) => Services;
};

/** The contents of a machine's disk that the world asks for. */
export type DiskReport = { readonly unfinished: number; readonly heldBytes: number };

/**
 * A person's computer with the program on it: all of `mail/` and the store are real, the network, OpenPGP and time
 * below them are simulated.
 */
export class Machine {
  readonly #vault: Vault;
  #session: Session | undefined;
  #mail: MailStore | undefined;
  #starts = 0;
  #onDisk: DiskReport = { unfinished: 0, heldBytes: 0 };
  /** Called when the program has ended in whatever way. */
  onEnd: () => void = () => undefined;

  constructor(
    private readonly world: World,
    private readonly o: Parts,
  ) {
    this.#vault = createStandInVault({ identity: o.identity, openMail: () => this.#openMail() });
  }

  /** The program as it runs now, awake; undefined when the machine is off or sleeps. */
  running(): Session | undefined {
    return this.#session && !this.#session.isAsleep ? this.#session : undefined;
  }

  isOn(): boolean {
    return this.#session !== undefined;
  }

  /** The open identity of the running program. */
  opened(): OpenIdentity | undefined {
    return this.running()?.profile.require(this.o.identity.id);
  }

  /** Where its database is. */
  path(): string {
    return join(this.world.directory, `${this.o.identity.id}.db`);
  }

  /** Deliveries that have not ended, and octets kept for others; of a machine that does not run as they were left. */
  disk(): DiskReport {
    if (this.#mail && this.running()) this.#onDisk = reportOf(this.#mail);
    return this.#onDisk;
  }

  /** Starts the program or wakes it; when it resolves it is in service, but Tor needs a while. */
  async start(): Promise<void> {
    if (this.#session) {
      this.#wake(this.#session);
      return;
    }
    const session = this.#boot();
    this.#session = session;
    void session.onion.plugIn();
    await session.profile.start();
  }

  /** The lid is closed: everything stands still, and the network is gone. */
  sleep(): void {
    const session = this.running();
    if (!session) return;
    this.disk();
    session.isAsleep = true;
    session.clock.sleep();
    session.onion.unplug();
  }

  /** Asks the program to end, and kills it when that takes too long. */
  shutDown(): void {
    const session = this.running();
    if (!session) {
      this.crash();
      return;
    }
    this.world.clock.setTimer(STOP_MS, () => {
      session.power.cut();
    });
    void session.profile.stop().then(() => {
      session.power.cut();
    });
  }

  /** The power goes, at once or after so many uses of the store. */
  crash(steps = 0): void {
    const power = this.#session?.power;
    if (steps > 0) power?.failAfter(steps);
    else power?.cut();
  }

  #wake(session: Session): void {
    if (!session.isAsleep) return;
    session.isAsleep = false;
    session.clock.wake();
    void session.onion.plugIn();
  }

  #boot(): Session {
    const { network, onionKeys, clock: worldClock } = this.world;
    const clock = new MachineClock(worldClock);
    const ports = new MachinePorts();
    const random = this.o.random.fork(`start ${String((this.#starts += 1))}`);
    const onion = new VirtualOnion({ network, clock, onionKeys, serviceAt: (port) => ports.serviceAt(port) });
    const ours = machineServices(this.world, { clock, ports, onion, random, log: this.o.log });
    const services = this.o.changed?.(ours, () => this.#requireMail()) ?? ours;
    const power = new Power(() => {
      this.#lost({ clock, onion });
    });
    return { services, profile: new UnlockedProfile(services, this.#vault), power, clock, onion, isAsleep: false };
  }

  #openMail(): MailStore {
    const { id: identityId, databaseKey: key } = this.o.identity;
    const session = this.#session;
    if (!session) throw new Error('The machine is off');
    const mode = this.#starts === 1 ? 'create' : 'existing';
    this.#mail = createMailStore({
      path: this.path(),
      key,
      identityId,
      events: session.services.events,
      mode,
      log: this.o.log,
    });
    return poweredStore(this.#mail, { power: session.power, track: (work) => this.world.clock.track(work) });
  }

  #requireMail(): MailStore {
    if (!this.#mail) throw new Error('The machine is off');
    return this.#mail;
  }

  #lost({ clock, onion }: Pick<Session, 'clock' | 'onion'>): void {
    const mail = this.#mail;
    this.#session = undefined;
    this.#mail = undefined;
    clock.off();
    onion.powerLost();
    this.onEnd();
    // Not in the middle of the step at which the power went.
    setImmediate(() => {
      if (mail) this.#onDisk = reportOf(mail);
      mail?.close();
    });
  }
}

function reportOf(mail: MailStore): DiskReport {
  const kept = mail.custody.agreements.all().filter(({ role }) => role === 'holder');
  return {
    unfinished: mail.outbox.deliveries({ unfinishedOnly: true }).length,
    heldBytes: kept.reduce((sum, { id }) => sum + mail.custody.asHolder.heldTotals(id).bytes, 0),
  };
}
