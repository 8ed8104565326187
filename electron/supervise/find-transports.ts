import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BridgeTransport, torTransportNames } from '../../shared/bridge-transport';
import type { TorAbout, TorKit } from '../../shared/tor-about';
import { readPtConfig, type PtConfig } from './pt-config';
import type { TransportPlugin } from './transport-plugin';

/** How bridges can be reached with one tor. */
export type Transports = {
  readonly plugins: readonly TransportPlugin[];
  readonly recommended: BridgeTransport | undefined;
  readonly offers: TorAbout['transports'];
  readonly bridges: TorKit['bridges'];
};

export type TransportPlaces = {
  /** The folder `pluggable_transports` that came along with tor, whether it is there or not. */
  readonly own: string;
  /** Folders with programs of the system. */
  readonly system: readonly string[];
  readonly platform: NodeJS.Platform;
};

const CONFIG_LIMIT = 256 * 1024;
const nothing: PtConfig = { recommended: undefined, programs: [], bridges: {} };

/** What each program speaks, by its name; the first that speaks a transport is taken. */
const KNOWN: readonly (readonly [string, readonly string[]])[] = [
  ['lyrebird', ['meek_lite', 'obfs4', 'snowflake', 'webtunnel']],
  ['obfs4proxy', ['meek_lite', 'obfs4']],
  ['snowflake-client', ['snowflake']],
];

/** Finds the programs for bridges: those that came along with tor, and for the rest those of the system. */
export function findTransports({ own, system, platform }: TransportPlaces): Transports {
  const config = readConfig(join(own, 'pt_config.json'), platform);
  const file = (name: string) => (platform === 'win32' ? `${name}.exe` : name);
  const listed = config.programs.map(({ name, ...rest }) => ({ ...rest, path: join(own, name) }));
  // A bundle that lists its programs knows better than their names what they speak.
  const guessed = listed.length > 0 ? [] : [own];
  const known = [...guessed, ...system.filter(canBeNamed)].flatMap((folder) =>
    KNOWN.map(([name, transports]) => ({ transports, path: join(folder, file(name)), args: [] })),
  );
  const plugins = eachTransportOnce([...listed, ...known].filter(({ path }) => existsSync(path)));
  return { plugins, recommended: config.recommended, ...offersOf(plugins, config) };
}

function readConfig(path: string, platform: NodeJS.Platform): PtConfig {
  if (!existsSync(path) || statSync(path).size > CONFIG_LIMIT) return nothing;
  return readPtConfig(readFileSync(path, 'utf8'), platform) ?? nothing;
}

/** tor splits a program's command at spaces and has no way to quote. */
function canBeNamed(folder: string): boolean {
  return /^[\x21-\x7e]+$/.test(folder);
}

function eachTransportOnce(plugins: readonly TransportPlugin[]): TransportPlugin[] {
  const taken = new Set<string>();
  return plugins.flatMap((plugin) => {
    const transports = plugin.transports.filter((transport) => !taken.has(transport));
    transports.forEach((transport) => taken.add(transport));
    return transports.length === 0 ? [] : [{ ...plugin, transports }];
  });
}

function offersOf(plugins: readonly TransportPlugin[], { bridges }: PtConfig): Pick<Transports, 'offers' | 'bridges'> {
  const spoken = new Set(plugins.flatMap(({ transports }) => transports));
  return {
    offers: BridgeTransport.options.map((transport) => ({
      transport,
      program: spoken.has(torTransportNames[transport]),
      builtIn: bridges[transport]?.length ?? 0,
    })),
    bridges: Object.fromEntries(Object.entries(bridges).map(([transport, lines]) => [transport, [...lines]])),
  };
}
