import { createServer, type AddressInfo } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { ImapAccount } from '../../ports/imap';
import { SettableClock } from '../../testing/settable-clock';
import { serveImap, type ImapServer } from '../imap-server';
import { ImapClient } from './imap-client';

export const USER = 'alice';
export const PASSWORD = 'correct horse';

/** An IMAP server on a loopback port, and who connects to it. */
export class ImapHouse {
  readonly clock = new SettableClock();
  readonly #clients: ImapClient[] = [];
  /** Names of errors that were logged. */
  readonly errors: string[] = [];
  #stop: () => Promise<void> = () => Promise.resolve();
  port = 0;

  private constructor(readonly account: ImapAccount) {}

  /** `account`: whose mail USER reads with PASSWORD. */
  static async open(account: ImapAccount, o: { readonly secureContext?: SecureContext } = {}): Promise<ImapHouse> {
    const house = new ImapHouse(account);
    const server = createServer();
    const imap: ImapServer = serveImap({
      ...o,
      server,
      door: {
        logIn: ({ user, password }) => Promise.resolve(user === USER && password === PASSWORD ? account : undefined),
      },
      clock: house.clock,
      log: { info: () => undefined, warn: () => undefined, error: (name) => void house.errors.push(name) },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    house.port = (server.address() as AddressInfo).port;
    house.#stop = async () => {
      server.close();
      await imap.stop();
    };
    return house;
  }

  /** A client that has read the greeting. */
  async connect(): Promise<ImapClient> {
    const { client } = await ImapClient.connect(this.port);
    this.#clients.push(client);
    return client;
  }

  async logIn(): Promise<ImapClient> {
    const client = await this.connect();
    await client.run(`LOGIN ${USER} "${PASSWORD}"`);
    return client;
  }

  /** Logged in, with a mailbox selected. */
  async select(mailbox: string): Promise<ImapClient> {
    const client = await this.logIn();
    await client.run(`SELECT ${mailbox}`);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.end();
    await this.#stop();
  }
}
