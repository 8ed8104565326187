import { PosthornError } from '../../../../shared/errors';
import type { OnionHost } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { devicePorts } from '../../../../shared/programs/device';
import { MAX_STREAMS_OF_DEVICE } from '../../domain/client-limits';
import type { LocalServer } from '../../ports/local-server';
import type { PublishedOnion } from '../../ports/onion';
import type { Unsubscribe } from '../../ports/runtime';
import type { Services } from '../mailbox';
import type { ClientEntrance } from './client-entrance';

export type OnionDoorServices = Pick<Services, 'clientServers' | 'log' | 'onion' | 'onionKeys'>;

/** A listener behind a port of the onion. */
export type DoorPort = { readonly virtualPort: number; readonly start: () => Promise<LocalServer> };

/** The ports by which programs read and send. */
export function programPorts(
  { clientServers }: Pick<Services, 'clientServers'>,
  entrance: ClientEntrance,
): readonly DoorPort[] {
  return [
    {
      virtualPort: devicePorts.imap,
      start: () => clientServers.imap({ open: (connection) => entrance.imapDoor(connection) }),
    },
    {
      virtualPort: devicePorts.submission,
      start: () => clientServers.submission({ open: (connection) => entrance.submissionDoor(connection) }),
    },
  ];
}

type Listener = { readonly virtualPort: number; readonly server: LocalServer };
type Open = {
  readonly listeners: readonly Listener[];
  readonly published: PublishedOnion;
  readonly unfollow: Unsubscribe;
};

/**
 * The way in of one device or guest: listeners of its own, behind an onion of its own. Its calls come one after the
 * other.
 */
export class OnionDoor {
  readonly onion: OnionHost;
  #open: Open | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    private readonly services: OnionDoorServices,
    private readonly o: {
      readonly onionSeed: Uint8Array;
      /** Base32 x25519 public keys of those for whom it is there; absent: for everybody. */
      readonly clients?: readonly string[];
      /** What is wanted now; none: the onion is withdrawn. */
      readonly ports: () => readonly DoorPort[];
      readonly entrance: ClientEntrance;
      /** Draws how long the onion waits in a tor that comes, in milliseconds. */
      readonly wait: () => number;
      /** Called when `state` is another. */
      readonly changed: () => void;
    },
  ) {
    this.onion = services.onionKeys.onionOf(o.onionSeed);
  }

  /** Whether somebody can come in. */
  state(): 'offline' | 'publishing' | 'online' {
    return this.#open?.published.state() ?? 'offline';
  }

  /** Who gets in, and who is in. */
  get entrance(): ClientEntrance {
    return this.o.entrance;
  }

  /**
   * Opens what is not open, or whose folder of sockets is gone, or which is to have other ports, and publishes its
   * onion. Never rejects: what cannot be opened stays shut until the next call.
   * @param when `soon`: after its wait; `now`: at once in the tor that is there
   */
  keepOpen(when: 'soon' | 'now'): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isClosed || (await this.#isOpen())) return;
      const listeners = await this.#listen();
      await this.#shut();
      if (listeners.length > 0) this.#publish(listeners, when);
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
      this.services.log.error('onion-door.not-open', { posthorn: error instanceof PosthornError });
    });
    return this.#turn;
  }

  async #isOpen(): Promise<boolean> {
    const listeners = this.#open?.listeners ?? [];
    const wanted = this.o.ports().map(({ virtualPort }) => virtualPort);
    if (wanted.join() !== listeners.map(({ virtualPort }) => virtualPort).join()) return false;
    const open = await Promise.all(listeners.map(async ({ server }) => (await server.isOpen?.()) ?? true));
    return !open.includes(false);
  }

  /** All of them, or none. */
  async #listen(): Promise<readonly Listener[]> {
    const listeners: Listener[] = [];
    try {
      for (const { virtualPort, start } of this.o.ports()) listeners.push({ virtualPort, server: await start() });
      return listeners;
    } catch (error) {
      await stopAll(listeners);
      throw error;
    }
  }

  #publish(listeners: readonly Listener[], when: 'soon' | 'now'): void {
    const { onion } = this.services;
    let isAwaited = when === 'now' && onion.status().phase === 'online';
    const published = onion.publish({
      seed: this.o.onionSeed,
      ports: listeners.map(({ virtualPort, server }) => ({ virtualPort, target: server.door })),
      delayMs: () => {
        const wait = isAwaited ? 0 : this.o.wait();
        isAwaited = false;
        return wait;
      },
      streamsPerCircuit: MAX_STREAMS_OF_DEVICE,
      ...present({ clients: this.o.clients }),
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
    await Promise.allSettled([stopAll(open.listeners), open.published.withdraw()]);
  }
}

async function stopAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.allSettled(listeners.map(({ server }) => server.stop()));
}
