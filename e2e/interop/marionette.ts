import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/**
 * A connection to Mozilla's remote control, Marionette: JSON arrays `[0, id, command, parameters]` and
 * `[1, id, error, result]`, each after its length in octets and a colon.
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (part: Buffer) => this.#take(part));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#fail(new Error('Thunderbird closed the connection')));
  }

  /** Connects to a loopback port and opens a session whose scripts run with the rights of the program itself. */
  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    await marionette.command('WebDriver:NewSession', {});
    await marionette.command('Marionette:SetContext', { value: 'chrome' });
    await marionette.command('WebDriver:SetTimeouts', { script: 100_000 });
    return marionette;
  }

  /** Resolves with the command's result. @throws Error with what Thunderbird says went wrong */
  command(name: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
    const id = ++this.#lastId;
    const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
    this.#socket.write(Buffer.concat([Buffer.from(`${text.byteLength}:`), text]));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Runs the body of an async function in Thunderbird; what it returns has to be JSON. */
  async run(body: string, args: readonly unknown[] = []): Promise<unknown> {
    const script = `
      const done = arguments[arguments.length - 1];
      (async (...args) => {${body}})(...[...arguments].slice(0, -1)).then(
        value => done({ value: value ?? null }),
        error => done({ error: String(error) + "\\n" + error.stack }),
      );`;
    const parameters = { script, args, newSandbox: true };
    const { value } = (await this.command('WebDriver:ExecuteAsyncScript', parameters)) as {
      value: { value?: unknown; error?: string };
    };
    if (value.error !== undefined) throw new Error(`In Thunderbird: ${value.error}`);
    return value.value;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#received = Buffer.concat([this.#received, part]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.byteLength < end) return;
      this.#answer(JSON.parse(this.#received.toString('utf8', colon + 1, end)));
      this.#received = this.#received.subarray(end);
    }
  }

  /** Anything but an array is the greeting. */
  #answer(packet: unknown): void {
    if (!Array.isArray(packet)) return;
    const [, id, error, result] = packet as [number, number, { message: string } | null, unknown];
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.resolve(result);
    else waiting?.reject(new Error(`Thunderbird: ${error.message}`));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
