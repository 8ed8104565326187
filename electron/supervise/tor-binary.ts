import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { TorAbout, TorKit } from '../../shared/tor-about';
import { isIntact, readStamp, type BundleStamp } from './bundle-stamp';
import { findTransports } from './find-transports';
import { isRunnable, leashBy, SETPRIV } from './leash';
import type { TransportPlugin } from './transport-plugin';

/** A tor that runs on this machine. */
export type TorBinary = {
  readonly path: string;
  /** Environment of the tor process; the library path in it is for that process alone. */
  readonly env: NodeJS.ProcessEnv;
  /** What makes the kernel end it with us, to stand before its path; empty where there is no such thing. */
  readonly leash: readonly string[];
  readonly source: 'override' | 'packaged' | 'bundled' | 'system';
  readonly version: string;
  /** Programs that reach bridges for it. */
  readonly plugins: readonly TransportPlugin[];
  /** What the core and the person learn of it. */
  readonly kit: TorKit;
};

/** Where to look; all of it is given, so that a test can look elsewhere. */
export type TorBinaryPlaces = {
  /** Electron's resources directory, in a packaged program. */
  readonly resourcesPath?: string;
  /** The clone's root, in a program that is run from one. */
  readonly projectRoot?: string;
  /** POSTHORN_TOR in the environment names a tor; packaged programs do not allow it. */
  readonly allowOverride: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** The system's setpriv, where it is not in its usual place. */
  readonly setpriv?: string;
};

/** No usable tor. `message` says what to do. */
export class TorMissingError extends Error {
  readonly code = 'tor-missing';

  constructor(message: string) {
    super(message);
    this.name = 'TorMissingError';
  }
}

type Candidate = { path: string; source: TorBinary['source']; libraryDirectory?: string };

const OLDEST = [0, 4, 8] as const;
const VERSION_LIMIT_MS = 20_000;

/**
 * Finds the tor to run: the packaged one, else the one in tor-bin, else the system's from version 0.4.8 on.
 * @throws TorMissingError when none of them runs
 */
export async function resolveTorBinary(places: TorBinaryPlaces): Promise<TorBinary> {
  const override = places.allowOverride ? places.env['POSTHORN_TOR'] : undefined;
  if (override) return resolveOverride(override, places);
  for (const candidate of candidates(places)) {
    const found = existsSync(candidate.path) ? await tryCandidate(candidate, places) : undefined;
    if (found && (candidate.source !== 'system' || isRecent(found.version))) return found;
  }
  throw new TorMissingError(
    `Posthorn found no tor ${OLDEST.join('.')} or newer on this computer, so no mail can leave or arrive. ${advice(places.platform)}`,
  );
}

async function resolveOverride(path: string, places: TorBinaryPlaces): Promise<TorBinary> {
  // The set-up of a clone names the system's tor, which is no less the system's for that.
  const source = systemFolders(places).includes(dirname(path)) ? 'system' : 'override';
  const found = await tryCandidate({ path, source }, places);
  if (!found)
    throw new TorMissingError('POSTHORN_TOR names a program that does not run as tor. Correct it or remove it.');
  return found;
}

function advice(platform: NodeJS.Platform): string {
  if (platform === 'linux') return 'Install the package «tor» and start Posthorn again.';
  if (platform === 'darwin') return 'Install tor with «brew install tor» and start Posthorn again.';
  return 'Install Posthorn again: its own tor is missing.';
}

function candidates(places: TorBinaryPlaces): Candidate[] {
  const program = places.platform === 'win32' ? 'tor.exe' : 'tor';
  const folder = `${{ win32: 'win', darwin: 'mac' }[places.platform as string] ?? places.platform}-${places.arch}`;
  const own: Candidate[] = [];
  const add = (directory: string, source: TorBinary['source']) =>
    own.push({ path: join(directory, program), source, libraryDirectory: directory });
  if (places.resourcesPath !== undefined) add(join(places.resourcesPath, 'tor'), 'packaged');
  if (places.projectRoot !== undefined) add(join(places.projectRoot, 'tor-bin', folder), 'bundled');
  return [
    ...own,
    ...systemFolders(places).map((directory): Candidate => ({ path: join(directory, program), source: 'system' })),
  ];
}

function systemFolders({ env, platform }: TorBinaryPlaces): string[] {
  const path = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  // A desktop session's PATH lacks the administrators' directories and Homebrew's.
  const more = platform === 'win32' ? [] : ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
  return [...path, ...more];
}

async function tryCandidate(candidate: Candidate, places: TorBinaryPlaces): Promise<TorBinary | undefined> {
  const libraries =
    candidate.libraryDirectory === undefined || places.platform !== 'linux'
      ? {}
      : { LD_LIBRARY_PATH: candidate.libraryDirectory };
  const env = { ...places.env, ...libraries };
  const stamp = candidate.libraryDirectory === undefined ? undefined : readStamp(candidate.libraryDirectory);
  // Signing for a package changes the files, so there only the package's own signature tells. Elsewhere a bundle that
  // has changed since it was checked is as good as none.
  if (candidate.source === 'bundled' && stamp && !isIntact(dirname(candidate.path), stamp)) return undefined;
  const trial = (await tryOnLeash(candidate.path, { ...places, env })) ?? (await tryFree(candidate.path, env));
  if (trial === undefined) return undefined;
  const { version, leash } = trial;
  const { plugins, recommended, offers, bridges } = findTransports({
    own: join(dirname(candidate.path), 'pluggable_transports'),
    system: systemFolders(places),
    platform: places.platform,
  });
  const about = { version, ...originOf(candidate, stamp), transports: offers };
  const kit = { about: recommended === undefined ? about : { ...about, recommended }, bridges };
  return { path: candidate.path, env, leash, source: candidate.source, version, plugins, kit };
}

type Trial = Pick<TorBinary, 'version' | 'leash'>;

/** Undefined also with a setpriv that has no such option: BusyBox's, and util-linux's before 2.33. */
async function tryOnLeash(
  path: string,
  { env, platform, setpriv = SETPRIV }: Pick<TorBinaryPlaces, 'env' | 'platform' | 'setpriv'>,
): Promise<Trial | undefined> {
  if (platform !== 'linux' || !isRunnable(setpriv)) return undefined;
  const leash = leashBy(setpriv);
  const version = await versionOf([...leash, path], env);
  return version === undefined ? undefined : { version, leash };
}

async function tryFree(path: string, env: NodeJS.ProcessEnv): Promise<Trial | undefined> {
  const version = await versionOf([path], env);
  return version === undefined ? undefined : { version, leash: [] };
}

function originOf(
  { source }: Candidate,
  stamp: BundleStamp | undefined,
): Pick<TorAbout, 'origin' | 'bundle' | 'checked'> {
  if (source === 'override' || source === 'system')
    return { origin: source === 'system' ? 'system' : 'named', checked: 'no' };
  if (stamp === undefined) return { origin: 'copy', checked: 'no' };
  return { origin: 'bundle', bundle: stamp.bundle, checked: source === 'packaged' ? 'packaged' : 'here' };
}

function versionOf(
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args, '--version'],
      { env, timeout: VERSION_LIMIT_MS, windowsHide: true },
      (_error, stdout) => {
        resolve(/Tor version (\d+\.\d+\.\d+\.\d+)/.exec(stdout)?.[1]);
      },
    );
  });
}

function isRecent(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== oldest) return part > oldest;
  }
  return true;
}
