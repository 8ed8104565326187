import { basename, dirname, isAbsolute, join } from 'node:path';
import type { TorDoors } from './tor-doors';
import type { TransportPlugin } from './transport-plugin';

/** What decides a tor's configuration. */
export type TorConfig = {
  /** Absolute path; tor keeps its state, its control port file and its cookie here. */
  readonly dataDirectory: string;
  /** Unix sockets for control and streams; absent: ports on loopback. */
  readonly doors?: TorDoors | undefined;
  /** Bridge lines as the Tor Project hands them out; empty for a direct connection. */
  readonly bridges?: readonly string[];
  /** Programs for pluggable transports; without a bridge that needs one it is never started. */
  readonly plugins?: readonly TransportPlugin[];
  /** Whole torrc lines, for tests. */
  readonly extraLines?: readonly string[];
};

/** The files through which tor and its controllers find each other. */
export function torFiles(dataDirectory: string): {
  controlPort: string;
  cookie: string;
  noGeoip: string;
} {
  return {
    controlPort: join(dataDirectory, 'control_port'),
    cookie: join(dataDirectory, 'control_auth_cookie'),
    noGeoip: join(dataDirectory, 'no-geoip'),
  };
}

/**
 * The text of a torrc for a client that only ever reaches onion services. Networking is off until the controller turns
 * it on.
 * @throws RangeError for a path that is not absolute, or a value with a line break or another control character
 */
export function buildTorrc(config: TorConfig): string {
  const files = torFiles(config.dataDirectory);
  const lines = [
    `DataDirectory ${quotePath(config.dataDirectory)}`,
    // OnionTrafficOnly: a name that is not an onion's is refused here instead of being looked up by an exit.
    `SocksPort ${door(config.doors?.socks)} OnionTrafficOnly ExtendedErrors IsolateSOCKSAuth`,
    'SocksTimeout 60',
    `ControlPort ${door(config.doors?.control)}`,
    `ControlPortWriteToFile ${quotePath(files.controlPort)}`,
    'CookieAuthentication 1',
    `CookieAuthFile ${quotePath(files.cookie)}`,
    // Country tables cost 35 MB of memory and are not needed; without these lines tor looks for its own.
    `GeoIPFile ${quotePath(files.noGeoip)}`,
    `GeoIPv6File ${quotePath(files.noGeoip)}`,
    'AvoidDiskWrites 1',
    'DisableNetwork 1',
    'DormantCanceledByStartup 1',
    'Log notice stdout',
    'SafeLogging 1',
    ...transportLines(config.plugins ?? []),
    ...bridgeLines(config.bridges ?? []),
    ...(config.extraLines ?? []).map(plainLine),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * A port on loopback serves every user of the machine: its tor's keys to onions that only we may open, and, before
 * anybody is asked for a secret, the path of the cookie, which is the profile's.
 */
function door(path: string | undefined): string {
  return path === undefined ? 'auto' : `unix:${quotePath(path)}`;
}

/**
 * The directory in which tor has to be started. tor splits a transport's command at spaces and has no way to quote, so
 * the transports that came along are named relative to their own directory, wherever the person put Posthorn.
 */
export function torWorkingDirectory({
  dataDirectory,
  plugins = [],
}: Pick<TorConfig, 'dataDirectory' | 'plugins'>): string {
  const [first] = plugins;
  return first === undefined ? dataDirectory : dirname(first.path);
}

function transportLines(plugins: readonly TransportPlugin[]): string[] {
  return plugins.map(({ transports, path, args }) => {
    const here = dirname(path) === dirname(plugins[0]?.path ?? '');
    const words = [here ? `./${basename(path)}` : path, ...args].map(plainLine);
    if (words.some((word) => /\s/.test(word)))
      throw new RangeError('The file name of a pluggable transport has a space, which tor cannot read');
    return `ClientTransportPlugin ${transports.map(plainLine).join(',')} exec ${words.join(' ')}`;
  });
}

function bridgeLines(bridges: readonly string[]): string[] {
  if (bridges.length === 0) return [];
  return ['UseBridges 1', ...bridges.map((bridge) => `Bridge ${plainLine(bridge)}`)];
}

/** Quotes a path in the C style that tor's configuration reader undoes. */
function quotePath(path: string): string {
  if (!isAbsolute(path)) throw new RangeError('tor needs absolute paths');
  return `"${plainLine(path).replace(/["\\]/g, '\\$&')}"`;
}

/** A line break would start another option. */
function plainLine(text: string): string {
  const isControl = (char: string) => char.charCodeAt(0) < 0x20 || char.charCodeAt(0) === 0x7f;
  if (Array.from(text).some(isControl))
    throw new RangeError('A tor option holds a line break or another control character');
  return text;
}
