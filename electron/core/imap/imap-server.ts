import { createHmac, randomBytes } from 'node:crypto';
import type { Server, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { PosthornError } from '../../../shared/errors';
import {
  IMAP_IDLE_TIMEOUT_MS,
  IMAP_LOGIN_TIMEOUT_MS,
  MAX_CONNECTIONS_OF_PASSWORD,
  MAX_IMAP_CONNECTIONS,
  MAX_IMAP_STRANGERS,
} from '../domain/client-limits';
import type { ImapAccount, ImapDoor } from '../ports/imap';
import type { Clock, Log, Unsubscribe } from '../ports/runtime';
import { commandTable } from './command-table';
import { IdleTimer } from './idle-timer';
import { ImapConnection, type ConnectionOwner } from './imap-connection';
import { AppendRoom } from './literal-room';
import { RecentClaims } from './session/recent-claims';

export type ImapServerOptions = {
  readonly clock: Clock;
  readonly log: Log;
  /** Offers STARTTLS. Absent where the way here is encrypted, as an onion is. */
  readonly secureContext?: SecureContext;
};

export type ImapServer = {
  /** Serves a connection that somebody else accepted, until it ends. */
  serve(socket: Socket, door: ImapDoor): void;
  /** Of each connection that is logged in, whose mail it reads. */
  accounts(): readonly ImapAccount[];
  /** Ends connections: of an app password that was taken away, or of a profile that closes. */
  end(whose: (account: ImapAccount) => boolean): void;
  /** Ends all; resolves when none is left. */
  stop(): Promise<void>;
};

/** Milliseconds that a client has to take what it was told last. */
const LAST_WORDS_MS = 5_000;

/** Serves IMAP (RFC 9051, RFC 3501) to whoever connects to `server`, which listens, and stops listening, elsewhere. */
export function serveImap({
  server,
  door,
  ...o
}: ImapServerOptions & { readonly server: Server; readonly door: ImapDoor }): ImapServer {
  const served = createImapServer(o);
  server.on('connection', (socket) => served.serve(socket, door));
  return served;
}

/** Serves IMAP (RFC 9051, RFC 3501) on sockets that somebody else accepts. */
export function createImapServer(o: ImapServerOptions): ImapServer {
  const served = new ServedConnections(o);
  return {
    serve: (socket, door) => served.take(socket, door),
    accounts: () => served.accounts(),
    end: (whose) => served.end(whose),
    stop: () => served.stop(),
  };
}

type Place = {
  readonly door: ImapDoor;
  readonly connection: ImapConnection;
  readonly idle: IdleTimer;
  readonly cancelLogin: Unsubscribe;
  cancelCut: Unsubscribe;
  /** Resolves when its socket is closed. */
  readonly isClosed: Promise<void>;
  /** Stands for the password; undefined before somebody has logged in. */
  password?: string;
  /** It has given way, and its socket is not closed yet. */
  hasGivenWay?: true;
};

class ServedConnections implements ConnectionOwner {
  readonly table;
  readonly canStartTls: boolean;
  readonly appendRoom = new AppendRoom();
  readonly claims: RecentClaims;
  readonly log: Log;
  /** Oldest first. */
  readonly #places = new Map<ImapConnection, Place>();
  readonly #passwordKey = randomBytes(32);
  #isStopping = false;

  constructor(private readonly o: ImapServerOptions) {
    this.table = commandTable(o.secureContext);
    this.canStartTls = o.secureContext !== undefined;
    this.log = o.log;
    this.claims = new RecentClaims(o.clock.now());
  }

  take(socket: Socket, door: ImapDoor): void {
    socket.on('error', () => socket.destroy());
    if (this.#isStopping || this.#places.size >= MAX_IMAP_CONNECTIONS) {
      socket.end('* BYE [UNAVAILABLE] Too many connections\r\n');
      return;
    }
    this.#makeRoom();
    socket.setNoDelay(true);
    const connection = new ImapConnection(socket, this);
    this.#places.set(connection, this.#place(connection, { socket, door }));
  }

  accounts(): ImapAccount[] {
    return [...this.#places.keys()].flatMap(({ account }) => account ?? []);
  }

  end(whose: (account: ImapAccount) => boolean): void {
    for (const connection of this.#places.keys())
      if (connection.account && whose(connection.account)) this.#end(connection, 'You are logged out');
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const places = [...this.#places.values()];
    for (const { connection } of places) this.#end(connection, 'Posthorn is closing');
    await Promise.all(places.map(({ isClosed }) => isClosed));
  }

  heard(connection: ImapConnection): void {
    this.#places.get(connection)?.idle.heard();
  }

  named(connection: ImapConnection, clientName: string): void {
    this.#places.get(connection)?.door.named?.(clientName);
  }

  async logIn(
    connection: ImapConnection,
    o: { readonly user: string; readonly password: string },
  ): Promise<ImapAccount | 'wrong' | 'too-many-connections' | 'later'> {
    const place = this.#places.get(connection);
    const account = await place?.door.logIn(o).catch(laterIfTooMany);
    if (account === 'later') return account;
    if (!account || !place || !this.#places.has(connection)) return 'wrong';
    const password = createHmac('sha256', this.#passwordKey).update(`${o.user}\0${o.password}`).digest('base64');
    const same = [...this.#places.values()].filter((other) => other.password === password);
    if (same.length >= MAX_CONNECTIONS_OF_PASSWORD) return 'too-many-connections';
    place.password = password;
    place.cancelLogin();
    return account;
  }

  #place(connection: ImapConnection, { socket, door }: { socket: Socket; door: ImapDoor }): Place {
    const { clock } = this.o;
    void connection.serve().then(() => this.#cutLater(connection));
    return {
      door,
      connection,
      idle: new IdleTimer({
        clock,
        milliseconds: IMAP_IDLE_TIMEOUT_MS,
        over: () => this.#end(connection, 'Nothing was heard for too long'),
      }),
      cancelLogin: clock.setTimer(IMAP_LOGIN_TIMEOUT_MS, () => this.#end(connection, 'Nobody has logged in')),
      cancelCut: () => undefined,
      isClosed: new Promise((resolve) => {
        socket.once('close', () => {
          this.#forget(connection);
          resolve();
        });
      }),
    };
  }

  #end(connection: ImapConnection, why: string): void {
    connection.end(why);
    this.#cutLater(connection);
  }

  /** A client that does not take what it was told last keeps its place no longer. */
  #cutLater(connection: ImapConnection): void {
    const place = this.#places.get(connection);
    if (!place) return;
    place.cancelCut();
    place.cancelCut = this.o.clock.setTimer(LAST_WORDS_MS, () => connection.cut());
  }

  #forget(connection: ImapConnection): void {
    const place = this.#places.get(connection);
    this.#places.delete(connection);
    place?.idle.cancel();
    place?.cancelLogin();
    place?.cancelCut();
  }

  /** The oldest stranger gives way to a new one. Many may come before the first socket is closed. */
  #makeRoom(): void {
    const strangers = [...this.#places.values()].filter(
      ({ password, hasGivenWay }) => password === undefined && hasGivenWay !== true,
    );
    const [oldest] = strangers;
    if (!oldest || strangers.length < MAX_IMAP_STRANGERS) return;
    oldest.hasGivenWay = true;
    oldest.connection.cut();
  }
}

function laterIfTooMany(error: unknown): 'later' {
  if (error instanceof PosthornError && error.code === 'too-many') return 'later';
  throw error;
}
