import { PosthornError } from '../../../../shared/errors';
import { jittered } from '../../domain/published-time';
import type { LocalServer } from '../../ports/local-server';
import type { Unsubscribe } from '../../ports/runtime';
import type { Services } from '../mailbox';
import { stopServers, type Servers } from './start-servers';

/** Milliseconds between two looks whether tor can still come in. */
const LOOK_EVERY_MS = 60_000;

/**
 * The listeners of one identity, opened anew when their doors are gone: a folder of sockets goes with the session of
 * its user, or with who cleans up. Nobody would listen any more while everything looks well.
 */
export class KeptServers implements Servers {
  #cancel: Unsubscribe = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  /** Whose doors are gone; they are stopped when tor was led to others. */
  #left: Servers[] = [];
  #closed = false;

  /** `start` opens new listeners; `moved` is told when tor must be led to them. */
  constructor(
    private readonly services: Pick<Services, 'clock' | 'random' | 'log'>,
    private servers: Servers,
    private readonly o: { readonly start: () => Promise<Servers>; readonly moved: () => Promise<void> },
  ) {
    this.#later();
  }

  get smtp(): LocalServer {
    return this.servers.smtp;
  }

  get hkp(): LocalServer {
    return this.servers.hkp;
  }

  /** Stops the listeners; resolves when all connections are closed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#looking;
    await Promise.all([this.servers, ...this.#left].map(stopServers));
  }

  #later(): void {
    const wait = jittered({ milliseconds: LOOK_EVERY_MS, fraction: this.services.random.fraction() });
    this.#cancel = this.services.clock.setTimer(wait, () => {
      this.#looking = this.#look().then(() => {
        if (!this.#closed) this.#later();
      });
    });
  }

  /** Never rejects: what cannot be opened now is tried again, and so is leading tor to what is open. */
  async #look(): Promise<void> {
    try {
      if (!(await isOpen(this.servers))) await this.#openAnew();
      if (this.#left.length === 0) return;
      await this.o.moved();
      // Who is connected still is done first: mail that is on its way has its reply.
      await Promise.all(this.#left.splice(0).map(stopServers));
    } catch (error) {
      this.services.log.error('servers.not-opened', { posthorn: error instanceof PosthornError });
    }
  }

  async #openAnew(): Promise<void> {
    const next = await this.o.start();
    this.#left.push(this.servers);
    this.servers = next;
    this.services.log.warn('servers.opened-anew');
  }
}

async function isOpen({ smtp, hkp }: Servers): Promise<boolean> {
  const open = await Promise.all([smtp, hkp].map(async (each) => (await each.isOpen?.()) ?? true));
  return !open.includes(false);
}
