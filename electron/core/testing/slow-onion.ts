import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Attacker } from './attacker';
import type { LoopbackNetwork } from './loopback-onion';

/** An onion that answers requests for its key only when the test says so. */
export class SlowOnion {
  #release: () => void = () => undefined;
  #asked: () => void = () => undefined;
  #isHeld = false;

  private constructor(private readonly server: Server) {}

  /** Published, with an HKP port alone. */
  static async of(network: LoopbackNetwork, who: Attacker): Promise<SlowOnion> {
    const key = await who.pgp.armorPublicKey(who.keys.publicKey);
    const server = createServer((_, response) => {
      void onion.#answer().then(() => response.writeHead(200, { 'content-type': 'application/pgp-keys' }).end(key));
    });
    const onion = new SlowOnion(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    network.publish(who.onion, new Map([[80, (server.address() as AddressInfo).port]]));
    return onion;
  }

  /** Holds answers back; resolves when a request waits for one. */
  hold(): Promise<void> {
    this.#isHeld = true;
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  release(): void {
    this.#isHeld = false;
    this.#release();
  }

  async #answer(): Promise<void> {
    if (!this.#isHeld) return;
    const released = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    this.#asked();
    await released;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
