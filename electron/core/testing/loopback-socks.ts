import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { DialFailure, DialOutcome, SocksProxy } from '../ports/onion';

/** As tor's SOCKS port answers with ExtendedErrors; everything else is a general failure. */
const REPLIES: Partial<Record<DialFailure, number>> = {
  offline: 0xf0,
  gone: 0xf2,
  'needs-auth': 0xf4,
  'bad-address': 0xf6,
  'no-service': 0x05,
};

/** The SOCKS5 port of one core's loopback tor; what cannot go through `Onion.dial`, the key fetcher, comes this way. */
export class LoopbackSocks {
  readonly #server: Server;
  readonly #dial: (host: string, port: number) => Promise<DialOutcome>;

  constructor(dial: (host: string, port: number) => Promise<DialOutcome>) {
    this.#dial = dial;
    this.#server = createServer((client) => {
      void this.#serve(client);
    });
    // A test that forgets to stop a core must still end.
    this.#server.listen(0, '127.0.0.1').unref();
  }

  /** Undefined before it listens, which takes no time that a core would notice, and when closed. */
  proxy(): Extract<SocksProxy, { port: number }> | undefined {
    const address = this.#server.address() as AddressInfo | null;
    return address === null ? undefined : { host: '127.0.0.1', port: address.port };
  }

  close(): void {
    this.#server.close();
  }

  /** RFC 1928 and 1929, as far as a client needs that always sends user name, password and a host name. */
  async #serve(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const next = (): Promise<Buffer> => new Promise((resolve) => client.once('data', resolve));
    await next();
    client.write(Buffer.from([5, 2]));
    await next();
    client.write(Buffer.from([1, 0]));
    const request = await next();
    const length = request[4] ?? 0;
    const dialled = await this.#dial(
      request.subarray(5, 5 + length).toString('latin1'),
      request.readUInt16BE(5 + length),
    );
    const code = dialled.outcome === 'connected' ? 0 : (REPLIES[dialled.failure] ?? 0x01);
    client.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (dialled.outcome !== 'connected') return void client.end();
    client.pipe(dialled.socket).pipe(client);
    dialled.socket.on('error', () => client.destroy());
    // A client that was killed leaves nothing open behind it, as a circuit would not.
    client.on('close', () => dialled.socket.destroySoon());
  }
}
