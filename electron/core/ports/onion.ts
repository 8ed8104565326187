import type { Socket } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import type { TorLaunch } from '../../../shared/launch';
import type { Settings } from '../../../shared/settings';
import type { TorAbout } from '../../../shared/tor-about';
import type { TorStatus } from '../../../shared/tor-status';
import type { Unsubscribe } from './runtime';
import type { LocalDoor } from './local-server';

/** The onion a 32-byte seed belongs to, and the check of a typed onion name (checksum, version, point). */
export type OnionKeys = {
  onionOf(seed: Uint8Array): OnionHost;
  check(host: string): 'ok' | 'length' | 'alphabet' | 'case' | 'checksum' | 'version' | 'low-order' | 'torsion';
  /**
   * The 32-octet seed as 24 English words (BIP 39), and back; undefined for words that are none or whose checksum is
   * wrong.
   */
  toWords(seed: Uint8Array): string[];
  fromWords(words: string): Uint8Array | undefined;
  /**
   * The public key of a client of an onion service, as `Onion.publish` takes it, from its x25519 secret of 32 octets.
   */
  clientKey(secret: Uint8Array): string;
};

/** SOCKS user name and password: tor keeps streams that differ in either on different circuits. Never an address. */
export type Isolation = { readonly user: string; readonly password: string };

/** Where tor takes streams: a port on loopback, or a Unix socket. */
export type SocksProxy = { readonly host: '127.0.0.1'; readonly port: number } | { readonly path: string };

/** One of the few places from which circuits are opened at once; `leave` it when the stream is there or has failed. */
export type CircuitPlace = { readonly proxy: SocksProxy; readonly leave: () => void };

export type DialFailure =
  | 'offline'
  | 'gone'
  | 'needs-auth'
  | 'bad-address'
  | 'refused-locally'
  | 'no-service'
  | 'temporary'
  | 'timed-out'
  | 'tor-offline';

export type DialOutcome =
  | { readonly outcome: 'connected'; readonly socket: Socket }
  | { readonly outcome: 'failed'; readonly failure: DialFailure };

export type PublishedOnion = {
  state(): 'offline' | 'publishing' | 'online';
  onState(listener: (state: 'offline' | 'publishing' | 'online') => void): Unsubscribe;
  /** Publishes anew for these clients. */
  setClients(clients: readonly string[]): Promise<void>;
  withdraw(): Promise<void>;
};

export type Onion = {
  /** Follows the tor process that main or headless supervises. */
  torChanged(launch: TorLaunch): void;
  /** Keeps the service published, over restarts of tor too, until it is withdrawn. */
  publish(o: {
    seed: Uint8Array;
    ports: readonly { virtualPort: number; target: LocalDoor }[];
    /** How long to wait before it is published, in milliseconds; asked anew for each tor that comes. Absent: 0. */
    delayMs?: () => number;
    /** Connections of one client at once; absent: what mail from a peer needs. */
    streamsPerCircuit?: number;
    /**
     * Client authorisation (rend-spec-v3): base32 x25519 public keys of those who can read the descriptor; absent:
     * everybody.
     */
    clients?: readonly string[];
  }): PublishedOnion;
  /** Uses this x25519 key (32 octets) for the descriptor of `host`, over restarts of tor too; undefined forgets it. */
  authorise(o: { host: OnionHost; authKey: Uint8Array | undefined }): void;
  status(): TorStatus;
  /** Which tor runs; undefined while none does. */
  about(): TorAbout | undefined;
  onStatus(listener: (status: TorStatus) => void): Unsubscribe;
  dial(o: { host: OnionHost; port: number; isolation: Isolation; timeoutMs: number }): Promise<DialOutcome>;
  /**
   * A place for a caller that speaks SOCKS itself; undefined while tor is not online, or when none came free in time.
   */
  takePlace(o: { isolation: Isolation; timeoutMs: number }): Promise<CircuitPlace | undefined>;
  /**
   * Until the first call tor stays off the network. `builtIn` names bridges that came along with tor, which take the
   * place of the lines. Throws `invalid-call` for lines that tor does not take or cannot reach a bridge by, and keeps
   * those before.
   */
  setBridges(lines: readonly string[], builtIn?: Settings['builtInBridges']): Promise<void>;
  /** After resume from sleep or a change of network: opens all connections anew. */
  networkChanged(): Promise<void>;
  close(): Promise<void>;
};
