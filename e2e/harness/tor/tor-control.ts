import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '../process/wait-for';

/** A second controller of the tor that a profile's program runs (control-spec), to see what tor itself says. */
export class TorControl {
  readonly #socket: Socket;
  readonly #events: string[] = [];
  readonly #replies: string[][] = [];
  readonly #listeners = new Set<() => void>();
  #rest = '';
  #reply: string[] = [];
  #inData = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => this.#take(text));
  }

  /** @throws when tor does not take its own cookie */
  static async open(profile: string): Promise<TorControl> {
    const socket = connect(controlPathOf(profile));
    await once(socket, 'connect');
    const control = new TorControl(socket);
    await control.command(`AUTHENTICATE ${readFileSync(join(profile, 'tor/control_auth_cookie')).toString('hex')}`);
    return control;
  }

  /**
   * The lines of the answer without `250`; of a data block its lines. One command at a time. @throws for any other
   * status
   */
  async command(line: string): Promise<string[]> {
    const before = this.#replies.length;
    this.#socket.write(`${line}\r\n`);
    const reply = await waitFor(() => this.#replies[before], {
      what: `an answer to ${line}`,
      changed: (listener) => this.#onNews(listener),
    });
    if (!reply.at(-1)?.startsWith('250')) throw new Error(`${line}: ${reply.join(' / ')}`);
    return reply.map((text) => text.replace(/^250[ +-]/u, ''));
  }

  /** tor's process id. */
  async pid(): Promise<number> {
    const [line] = await this.command('GETINFO process/pid');
    return Number(line?.replace('process/pid=', ''));
  }

  /** Events since `SETEVENTS`, without `650`. */
  get events(): readonly string[] {
    return this.#events;
  }

  /** Resolves when so many events like this have come. */
  async seen(pattern: RegExp, count = 1): Promise<void> {
    const look = (): true | undefined =>
      this.#events.filter((event) => pattern.test(event)).length >= count ? true : undefined;
    await waitFor(look, {
      what: `${count} events like ${String(pattern)}`,
      changed: (listener) => this.#onNews(listener),
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\r\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line);
    for (const listener of [...this.#listeners]) listener();
  }

  #takeLine(line: string): void {
    if (this.#inData) {
      if (line === '.') this.#inData = false;
      else this.#reply.push(line);
    } else if (line.startsWith('650')) {
      this.#events.push(line.slice(4));
    } else {
      this.#reply.push(line);
      this.#inData = line[3] === '+';
      if (line[3] === ' ') this.#replies.push(this.#reply.splice(0));
    }
  }
}

/** The Unix socket by which the tor of a profile is controlled. @throws when tor has not said one */
export function controlPathOf(profile: string): string {
  const path = /^UNIX_PORT=(.+)$/mu.exec(readFileSync(join(profile, 'tor/control_port'), 'utf8'))?.[1];
  if (path === undefined) throw new Error('tor has no control socket');
  return path;
}
