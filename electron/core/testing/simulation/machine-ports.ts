import type { Service } from './virtual-link';

/** What listens on the loopback ports of one machine. */
export class MachinePorts {
  readonly #services = new Map<number, Service>();
  #last = 1_024;

  open(service: Service): { readonly port: number; stop(): Promise<void> } {
    const port = (this.#last += 1);
    this.#services.set(port, service);
    return {
      port,
      stop: () => {
        this.#services.delete(port);
        return Promise.resolve();
      },
    };
  }

  serviceAt(port: number): Service | undefined {
    return this.#services.get(port);
  }
}
