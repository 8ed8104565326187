import type { OnionHost } from '../../../shared/ids';
import type { Log } from '../ports/runtime';
import { authoriseCommand, CLIENT_KEY_BYTES } from './client-auth';
import type { ControlReply } from './control-protocol';

type Command = (line: string) => Promise<ControlReply>;

/**
 * Keys that tor uses for the descriptors of other people's services, in whatever tor is attached (rend-spec-v3, client
 * authorisation).
 */
export class ClientAuthorisations {
  readonly #log: Log;
  readonly #keys = new Map<OnionHost, Uint8Array>();
  #command: Command | undefined;
  #told: Promise<unknown> = Promise.resolve();

  constructor(options: { log: Log }) {
    this.#log = options.log;
  }

  keyOf(host: OnionHost): Uint8Array | undefined {
    return this.#keys.get(host);
  }

  /** A key of another length than 32 octets, which a peer may send, counts as no key. */
  authorise(host: OnionHost, authKey: Uint8Array | undefined): void {
    const isKey = authKey?.length === CLIENT_KEY_BYTES;
    if (authKey !== undefined && !isKey) this.#log.warn('onion-key-malformed');
    if (isKey) this.#keys.set(host, authKey);
    else if (!this.#keys.delete(host)) return;
    this.#tell(host, isKey ? authKey : undefined);
  }

  /** A new tor: it is told all keys. */
  attach(command: Command): void {
    this.#command = command;
    this.#tellAll();
  }

  detach(): void {
    this.#command = undefined;
  }

  /** NEWNYM makes tor forget them; another controller may send it. */
  onEvent(line: string): void {
    if (line === 'SIGNAL NEWNYM') this.#tellAll();
  }

  /** Resolves when tor has answered what it was told so far. */
  async settled(): Promise<void> {
    await this.#told;
  }

  #tellAll(): void {
    for (const [host, authKey] of this.#keys) this.#tell(host, authKey);
  }

  #tell(host: OnionHost, authKey: Uint8Array | undefined): void {
    const command = this.#command;
    if (!command) return;
    // 250 to 252; a tor that ends in this moment has forgotten everything anyway.
    this.#told = command(authoriseCommand(host, authKey)).then(
      ({ status }) => {
        if (status >= 300) this.#log.warn('onion-key-refused', { status });
      },
      () => undefined,
    );
  }
}
