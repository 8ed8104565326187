import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { BusCall, BusMessage } from './bus-message';
import { decodeMessage, encodeCall } from './bus-message';

/** How long the bus may take to answer; the desktop is asked, and no person waits. */
const answerLimitMs = 5_000;

type Waiting = { readonly resolve: (message: BusMessage) => void; readonly reject: (error: Error) => void };

export type SessionBusEvents = {
  readonly onSignal: (signal: BusMessage) => void;
  readonly onClosed: () => void;
};

/**
 * A line to the desktop's session bus, as far as it takes to ask whether there is a tray: method calls with strings,
 * their answers, and signals. Electron has its own line for the tray itself, and tells nobody what it found.
 */
export class SessionBus {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events: SessionBusEvents;
  #serial = 0;
  #unread: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, events: SessionBusEvents) {
    this.#socket = socket;
    this.#events = events;
  }

  /**
   * Joins the bus.
   * @param path the socket of the bus, as `busPath` gives it
   * @throws where nobody answers there
   */
  static async join(path: string, events: SessionBusEvents): Promise<SessionBus> {
    const socket = connect(path);
    try {
      await greeted(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    }
    const bus = new SessionBus(socket, events);
    socket.on('data', (octets: Buffer) => bus.#take(octets));
    socket.once('close', () => bus.#closed());
    await bus.call({ ...theBus, member: 'Hello', body: [] });
    return bus;
  }

  /** Calls a method. @returns the body of the answer. @throws when it is refused, or nobody answers */
  call(call: Omit<BusCall, 'serial'>): Promise<Buffer> {
    this.#serial += 1;
    const serial = this.#serial;
    return new Promise<Buffer>((resolve, reject) => {
      const limit = setTimeout(() => this.#waiting.get(serial)?.reject(new Error('no answer')), answerLimitMs);
      const end = (): void => {
        clearTimeout(limit);
        this.#waiting.delete(serial);
      };
      this.#waiting.set(serial, {
        resolve: ({ kind, body }) => {
          end();
          if (kind === 'answer') resolve(body);
          else reject(new Error('refused'));
        },
        reject: (error) => {
          end();
          reject(error);
        },
      });
      this.#socket.write(encodeCall({ serial, ...call }));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(octets: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, octets]);
    try {
      for (let next = decodeMessage(this.#unread); next !== undefined; next = decodeMessage(this.#unread)) {
        this.#unread = this.#unread.subarray(next.length);
        this.#hear(next.message);
      }
    } catch {
      // What speaks there is no bus.
      this.#socket.destroy();
    }
  }

  #hear(message: BusMessage): void {
    if (message.kind === 'signal') this.#events.onSignal(message);
    else this.#waiting.get(message.replySerial)?.resolve(message);
  }

  #closed(): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(new Error('closed'));
    this.#events.onClosed();
  }
}

/** The bus as a partner of its own. */
export const theBus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/**
 * Where the socket of the session bus is.
 * @returns undefined where this desktop has none, or one that is reached in another way
 */
export function busPath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = environment['DBUS_SESSION_BUS_ADDRESS'];
  if (address === undefined || address === '') {
    const runtime = environment['XDG_RUNTIME_DIR'];
    return runtime === undefined || runtime === '' ? undefined : join(runtime, 'bus');
  }
  const parts = address.split(';').map((each) => /^unix:(?:.*,)?(path|abstract)=([^,]*)/u.exec(each));
  const [, kind, value] = parts.find((part) => part !== null) ?? [];
  if (value === undefined) return undefined;
  const path = value.replace(/%([0-9a-f]{2})/giu, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return kind === 'abstract' ? `\0${path}` : path;
}

/** Says who we are, by the user id that the kernel vouches for, and waits until we are let in. */
function greeted(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => refuse(new Error('no greeting')), answerLimitMs);
    const end = (): void => {
      clearTimeout(limit);
      socket.off('data', hear).off('error', refuse).off('close', closed);
      // From now on an error is followed by «close», which is heard.
      socket.on('error', () => undefined);
    };
    const refuse = (error: Error): void => {
      end();
      reject(error);
    };
    const closed = (): void => refuse(new Error('closed'));
    const hear = (octets: Buffer): void => {
      if (!octets.toString('latin1').startsWith('OK ')) return refuse(new Error('not let in'));
      socket.write('BEGIN\r\n');
      end();
      resolve();
    };
    socket.once('error', refuse).once('close', closed).once('data', hear);
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${user}\r\n`));
  });
}
