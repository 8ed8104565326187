import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { torEnvironment } from './tor-environment';

/** The long-lived keys of one authority, on disk, and the two names that follow from them. */
export type AuthorityKeys = {
  /** Holds what goes into the `keys` directory of a tor. */
  readonly keysDirectory: string;
  /** 40 hex digits: the fingerprint of the voting identity. */
  readonly v3Identity: string;
  /** 40 hex digits: the fingerprint of the relay. */
  readonly relayFingerprint: string;
};

const run = promisify(execFile);
const CERTIFICATE_MONTHS = 12;
const RENEW_BEFORE_MS = 30 * 24 * 3600 * 1000;
/** What makes a relay's identity; all else in its keys directory tor makes anew, cheaply. */
const RELAY_KEY_FILES = ['secret_id_key', 'ed25519_master_id_secret_key', 'ed25519_master_id_public_key'];
const VOTING_KEY_FILES = ['authority_identity_key', 'authority_signing_key', 'authority_certificate'];

/**
 * Gives the keys of `count` authorities, made at most once a year because each takes RSA-3072 key generation: they are
 * kept in `$XDG_CACHE_HOME/posthorn/tornet-keys`. They protect nothing but a network on one machine's loopback.
 * @throws when tor or tor-gencert cannot be run
 */
export async function loadAuthorityKeys(count: number): Promise<AuthorityKeys[]> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'posthorn', 'tornet-keys');
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  return Promise.all(Array.from({ length: count }, (_, index) => loadOne(cache, `a${index}`)));
}

async function loadOne(cache: string, name: string): Promise<AuthorityKeys> {
  const place = join(cache, name);
  const known = readKeys(place);
  if (known) return known;
  const fresh = mkdtempSync(join(cache, `.${name}-`));
  try {
    await makeKeys(fresh);
    moveInto({ fresh: join(fresh, 'result'), place });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  const made = readKeys(place);
  if (!made) throw new Error('tor-gencert made keys that cannot be used');
  return made;
}

/** Another test run may make the same keys at this moment: whoever is first wins, and both use the winner's. */
function moveInto(options: { fresh: string; place: string }): void {
  if (existsSync(options.place) && !readKeys(options.place)) rmSync(options.place, { recursive: true, force: true });
  try {
    renameSync(options.fresh, options.place);
  } catch (error) {
    if (!readKeys(options.place)) throw error;
  }
}

function readKeys(place: string): AuthorityKeys | undefined {
  const keysDirectory = join(place, 'keys');
  const files = [...RELAY_KEY_FILES, ...VOTING_KEY_FILES].map((file) => join(keysDirectory, file));
  const fingerprintFile = join(place, 'fingerprint');
  if (![...files, fingerprintFile].every((file) => existsSync(file))) return undefined;
  const certificate = readFileSync(join(keysDirectory, 'authority_certificate'), 'latin1');
  const expires = /^dir-key-expires (\S+) (\S+)$/m.exec(certificate);
  const v3Identity = /^fingerprint ([0-9A-F]{40})$/m.exec(certificate)?.[1];
  const relayFingerprint = /([0-9A-F]{40})/.exec(readFileSync(fingerprintFile, 'latin1'))?.[1];
  if (!expires || !v3Identity || !relayFingerprint) return undefined;
  if (Date.parse(`${expires[1]}T${expires[2]}Z`) - Date.now() < RENEW_BEFORE_MS) return undefined;
  return { keysDirectory, v3Identity, relayFingerprint };
}

async function makeKeys(work: string): Promise<void> {
  const result = join(work, 'result');
  const keys = join(result, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const environment = { env: torEnvironment(), cwd: work };
  const passphrase = join(work, 'passphrase');
  writeFileSync(passphrase, 'private network\n', { mode: 0o600 });
  const gencert = run(
    'sh',
    ['-c', `exec tor-gencert --create-identity-key -m ${CERTIFICATE_MONTHS} --passphrase-fd 3 3<passphrase`],
    environment,
  );
  const torrc = join(work, 'torrc');
  // An address must be named, or tor looks for one; nothing is opened by --list-fingerprint.
  writeFileSync(
    torrc,
    'ORPort 127.0.0.1:1\nAddress 127.0.0.1\nAssumeReachable 1\nGeoIPFile /dev/null\nGeoIPv6File /dev/null\n',
  );
  const relay = join(work, 'relay');
  await run(
    'tor',
    [
      '-f',
      torrc,
      '--defaults-torrc',
      '/nonexistent',
      '--DataDirectory',
      relay,
      '--Nickname',
      'x',
      '--list-fingerprint',
    ],
    environment,
  );
  await gencert;
  for (const file of RELAY_KEY_FILES) cpSync(join(relay, 'keys', file), join(keys, file));
  for (const file of VOTING_KEY_FILES) cpSync(join(work, file), join(keys, file));
  cpSync(join(relay, 'fingerprint'), join(result, 'fingerprint'));
}
