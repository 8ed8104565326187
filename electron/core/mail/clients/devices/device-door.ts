import { PosthornError } from '../../../../../shared/errors';
import type { OnionHost } from '../../../../../shared/ids';
import { devicePorts, type Device } from '../../../../../shared/programs/device';
import { MAX_STREAMS_OF_DEVICE } from '../../../domain/client-limits';
import type { LocalServer } from '../../../ports/local-server';
import type { PublishedOnion } from '../../../ports/onion';
import type { Unsubscribe } from '../../../ports/runtime';
import type { Services } from '../../mailbox';
import type { ClientEntrance } from '../client-entrance';

export type DeviceDoorServices = Pick<Services, 'clientServers' | 'log' | 'onion' | 'onionKeys'>;

type Listeners = { readonly imap: LocalServer; readonly submission: LocalServer };
type Open = { readonly listeners: Listeners; readonly published: PublishedOnion; readonly unfollow: Unsubscribe };

/**
 * The way in of one device: listeners of its own, behind an onion of its own that is there for its key alone. Its calls
 * come one after the other.
 */
export class DeviceDoor {
  readonly onion: OnionHost;
  #open: Open | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    private readonly services: DeviceDoorServices,
    private readonly o: {
      readonly onionSeed: Uint8Array;
      /** Of the device, base32 x25519 public key. */
      readonly clientKey: string;
      readonly entrance: ClientEntrance;
      /** Draws how long the onion waits in a tor that comes, in milliseconds. */
      readonly wait: () => number;
      /** Called when `state` is another. */
      readonly changed: () => void;
    },
  ) {
    this.onion = services.onionKeys.onionOf(o.onionSeed);
  }

  /** Whether the device can come in. */
  state(): Device['state'] {
    return this.#open?.published.state() ?? 'offline';
  }

  /** Who gets in, and who is in. */
  get entrance(): ClientEntrance {
    return this.o.entrance;
  }

  /**
   * Opens what is not open, or whose folder of sockets is gone, and publishes its onion. Never rejects: what cannot be
   * opened stays shut until the next call.
   * @param when `soon`: after its wait; `now`: at once in the tor that is there
   */
  keepOpen(when: 'soon' | 'now'): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isClosed || (await this.#isOpen())) return;
      const listeners = await this.#listen();
      await this.#shut();
      this.#publish(listeners, when);
    });
  }

  /** Withdraws the onion and cuts everybody off, for good; resolves when that is done. Never rejects. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.o.entrance.close();
    return this.#inTurn(() => this.#shut());
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step).catch((error: unknown) => {
      this.services.log.error('device.not-open', { posthorn: error instanceof PosthornError });
    });
    return this.#turn;
  }

  async #isOpen(): Promise<boolean> {
    if (!this.#open) return false;
    const { imap, submission } = this.#open.listeners;
    const open = await Promise.all([imap, submission].map(async (each) => (await each.isOpen?.()) ?? true));
    return !open.includes(false);
  }

  async #listen(): Promise<Listeners> {
    const { clientServers } = this.services;
    const { entrance } = this.o;
    const imap = await clientServers.imap({ open: (connection) => entrance.imapDoor(connection) });
    try {
      const submission = await clientServers.submission({ open: (connection) => entrance.submissionDoor(connection) });
      return { imap, submission };
    } catch (error) {
      await imap.stop();
      throw error;
    }
  }

  #publish(listeners: Listeners, when: 'soon' | 'now'): void {
    const { onion } = this.services;
    let isAwaited = when === 'now' && onion.status().phase === 'online';
    const published = onion.publish({
      seed: this.o.onionSeed,
      ports: [
        { virtualPort: devicePorts.imap, target: listeners.imap.door },
        { virtualPort: devicePorts.submission, target: listeners.submission.door },
      ],
      delayMs: () => {
        const wait = isAwaited ? 0 : this.o.wait();
        isAwaited = false;
        return wait;
      },
      streamsPerCircuit: MAX_STREAMS_OF_DEVICE,
      clients: [this.o.clientKey],
    });
    this.#open = { listeners, published, unfollow: published.onState(this.o.changed) };
    this.o.changed();
  }

  /** Who is connected is cut off at once, before tor has answered. */
  async #shut(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    open.unfollow();
    const { imap, submission } = open.listeners;
    await Promise.allSettled([imap.stop(), submission.stop(), open.published.withdraw()]);
  }
}
