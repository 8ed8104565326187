import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Fingerprint } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';
import type { TestRing } from './trust-ring';

/** Letters of gpg's colon listing (`doc/DETAILS`, field 2). */
const LETTERS: Readonly<Record<string, Validity>> = {
  u: 'ultimate',
  f: 'full',
  m: 'marginal',
  q: 'undefined',
  '-': 'unknown',
  e: 'expired',
  r: 'revoked',
};

/**
 * What the real gpg calls each key of the ring at the ring's own time, in a home of its own that needs no agent.
 * @param o.viaImport takes the keys in by `--import`; without it the block is put in place as gpg's key ring as it
 *   stands, which is quicker
 */
export async function gpgValidity(
  ring: TestRing,
  o: { readonly viaImport?: boolean } = {},
): Promise<Map<Fingerprint, Validity>> {
  const home = mkdtempSync('/tmp/ph-gpg-');
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(home, name), content, { mode: 0o600 });
    return join(home, name);
  };
  const time = new Date(ring.input.now).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  const fixed = [
    '--homedir',
    home,
    '--batch',
    '--quiet',
    '--no-tty',
    '--no-autostart',
    '--no-auto-check-trustdb',
    '--faked-system-time',
    `${time}!`,
  ];
  const gpg = (...args: string[]) =>
    promisify(execFile)('gpg', [...fixed, ...args], { maxBuffer: 64 << 20, env: { ...process.env, LC_ALL: 'C' } });
  try {
    const keys = file(o.viaImport === true ? 'keys' : 'pubring.gpg', ring.block);
    if (o.viaImport === true) await gpg('--import', keys);
    await gpg('--import-ownertrust', file('ownertrust', ring.ownerTrust));
    await gpg('--check-trustdb');
    const { stdout } = await gpg('--with-colons', '--list-keys');
    return readListing(stdout);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function readListing(listing: string): Map<Fingerprint, Validity> {
  const found = new Map<Fingerprint, Validity>();
  let letter = '';
  for (const line of listing.split('\n')) {
    const fields = line.split(':');
    if (fields[0] === 'pub') letter = fields[1] ?? '';
    if (fields[0] !== 'fpr') continue;
    const validity = LETTERS[letter];
    if (validity === undefined) throw new Error(`gpg has a validity «${letter}»`);
    found.set(fields[9] as Fingerprint, validity);
  }
  return found;
}
