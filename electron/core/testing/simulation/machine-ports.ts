import type { LocalDoor } from '../../ports/local-server';
import type { Service } from './virtual-link';

/** What listens on the loopback ports of one machine. */
export class MachinePorts {
  readonly #services = new Map<number, Service>();
  #last = 1_024;

  open(service: Service): { readonly door: number; stop(): Promise<void> } {
    const port = (this.#last += 1);
    this.#services.set(port, service);
    return {
      door: port,
      stop: () => {
        this.#services.delete(port);
        return Promise.resolve();
      },
    };
  }

  serviceAt(door: LocalDoor): Service | undefined {
    return typeof door === 'number' ? this.#services.get(door) : undefined;
  }
}
