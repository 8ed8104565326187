import { createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProgramId } from '../../../../shared/ids';
import { defaultKeyPolicy } from '../../../../shared/key-life';
import { defaultSettings } from '../../../../shared/settings';
import type { RetiredSecret } from '../../ports/keys';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import { identityFiles } from '../files/identity-files';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection } from '../sql/sql-connection';
import { BOB, fingerprintOf, NOW, recorder, temporaryDirectory, vaultIdentity } from '../testing/store-fixtures';
import { createVault } from './vault';
import { vaultMigrations } from '../migrations/vault-schema';

const PAGE = 4_096;
/** SQLCipher 4 ends a page with its initialisation vector (16) and its HMAC (64). */
const RESERVED = 80;

let directory: ReturnType<typeof temporaryDirectory>;
let vault: Vault;
const key = new Uint8Array(randomBytes(32));
const path = (name: string): string => join(directory.path, name);
const open = (migrations = vaultMigrations): SqlConnection =>
  openDatabase({ path: path('vault.db'), key, migrations, mode: 'create' });
const enter = (): void => {
  vault = createVault({
    sql: open(),
    files: identityFiles(directory.path),
    events: recorder(),
    copyMail: () => Promise.reject(new Error('not asked for')),
    locked: () => undefined,
  });
};

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  vault.lock();
  directory.remove();
});

function decrypted(page: Buffer, skip: number): Buffer {
  const decipher = createDecipheriv(
    'aes-256-cbc',
    key,
    page.subarray(PAGE - RESERVED, PAGE - RESERVED + 16),
  ).setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(skip, PAGE - RESERVED)), decipher.final()]);
}

/** Whether the octets stand anywhere in the vault's file or its log, in pages that are free too. */
function isOnDisk(octets: Uint8Array): boolean {
  const file = readFileSync(path('vault.db'));
  const log = existsSync(path('vault.db-wal')) ? readFileSync(path('vault.db-wal')) : Buffer.alloc(0);
  const pages: Buffer[] = [];
  for (let at = 0; at < file.length; at += PAGE) pages.push(decrypted(file.subarray(at, at + PAGE), at === 0 ? 16 : 0));
  for (let at = 32; at < log.length; at += 24 + PAGE)
    pages.push(decrypted(log.subarray(at + 24, at + 24 + PAGE), log.readUInt32BE(at) === 1 ? 16 : 0));
  return pages.some((page) => page.includes(Buffer.from(octets)));
}

describe('old secrets in the vault', () => {
  const secrets: Uint8Array[] = [];
  let identity: VaultIdentity;
  const retired = (number: number): RetiredSecret => ({
    fingerprint: fingerprintOf(number),
    kind: 'subkey',
    retiredAt: NOW,
    secretKey: new Uint8Array(randomBytes(400)),
  });
  const copy = (octets: Uint8Array): Uint8Array => Uint8Array.from(octets);

  beforeEach(() => {
    enter();
    identity = vaultIdentity({ retired: [retired(1), retired(2), retired(3)] });
    secrets.splice(
      0,
      Infinity,
      copy(identity.keys.secretKey),
      ...identity.retired.map(({ secretKey }) => copy(secretKey)),
    );
    vault.addIdentity(identity);
  });

  it('are in the file while they are kept', () => {
    expect(secrets.map(isOnDisk)).toEqual([true, true, true, true]);
    vault.updateIdentity(identity.id, { retired: [...identity.retired].reverse() });
    expect(secrets.map(isOnDisk)).toEqual([true, true, true, true]);
  });

  it('are nowhere in the file once they are destroyed', () => {
    vault.updateIdentity(identity.id, { retired: identity.retired.filter((_, index) => index !== 1) });
    expect(secrets.map(isOnDisk)).toEqual([true, true, false, true]);
    vault.updateIdentity(identity.id, { retired: [] });
    expect(secrets.map(isOnDisk)).toEqual([true, false, false, false]);
  });

  it('are nowhere in the file once the key itself was replaced and not kept', () => {
    const [first] = identity.retired;
    vault.updateIdentity(identity.id, {
      keys: { ...identity.keys, secretKey: new Uint8Array(randomBytes(300)) },
      retired: first ? [first] : [],
    });
    expect(secrets.map(isOnDisk)).toEqual([false, true, false, false]);
  });

  it('go with the identity', () => {
    vault.removeIdentity(identity.id);
    expect(secrets.map(isOnDisk)).toEqual([false, false, false, false]);
  });

  it('are cleared at the next unlock when a crash came in between', () => {
    const other = open();
    other.run('DELETE FROM retired_keys');
    other.run('INSERT INTO wipes (id) VALUES (1)');
    // Closing this connection leaves the log: the vault has the file open too.
    other.close();
    expect(secrets.some(isOnDisk)).toBe(true);
    vault.lock();
    enter();
    expect(vault.identities()[0]?.retired).toEqual([]);
    expect(secrets.map(isOnDisk)).toEqual([true, false, false, false]);
  });
});

describe('the seed of a device', () => {
  it('is nowhere in the file once the device was removed', () => {
    enter();
    const seed = new Uint8Array(randomBytes(32));
    const id = ProgramId.parse(randomUUID());
    const facts = { name: 'Phone', kind: 'phone', form: 'unsealed', createdAt: NOW, hash: '', clientKey: '' } as const;
    vault.devices.add({ id, identityIds: [], ...facts }, seed);
    expect(isOnDisk(seed)).toBe(true);
    vault.devices.remove(id);
    expect(isOnDisk(seed)).toBe(false);
  });
});

describe('a vault of version 1', () => {
  it("opens today with all that was in it, and today's defaults", () => {
    const old = open(vaultMigrations.slice(0, 1));
    const { id, onionSeed, databaseKey, keys } = vaultIdentity();
    old.run(
      `INSERT INTO identities (id, address, label, colour, paused, created_at, onion_seed, secret_key, public_key, fingerprint, certified_at, database_key)
       VALUES ($id, $address, 'Home', 'red', 1, 7, $onionSeed, $secretKey, $publicKey, $fingerprint, 8, $databaseKey)`,
      {
        id,
        address: BOB,
        onionSeed: Uint8Array.from(onionSeed),
        databaseKey: Uint8Array.from(databaseKey),
        secretKey: Uint8Array.from(keys.secretKey),
        publicKey: Uint8Array.from(keys.publicKey),
        fingerprint: keys.fingerprint,
      },
    );
    const { cameraAllowed: _new, ...settings } = { ...defaultSettings, theme: 'dark' };
    old.run('INSERT INTO settings (id, json) VALUES (1, $json)', { json: JSON.stringify(settings) });
    old.close();
    enter();
    const life = {
      keyPolicy: defaultKeyPolicy,
      subkeyMadeAt: 7,
      retired: [],
      revoked: false,
      showsVouchers: false,
      mayBeElsewhere: false,
    };
    const kept = {
      id,
      address: BOB,
      label: 'Home',
      colour: 'red',
      paused: true,
      createdAt: 7,
      certifiedAt: 8,
      onionSeed,
      databaseKey,
      keys,
    };
    const drawn = {
      renewAfterMs: expect.any(Number) as number,
      rotationShare: expect.any(Number) as number,
    };
    expect(vault.identities()).toEqual([{ ...kept, ...life, ...drawn }]);
    expect(vault.settings()).toEqual({ ...defaultSettings, theme: 'dark' });
  });

  it('keeps a policy that no longer fits from destroying anything', () => {
    enter();
    const identity = vaultIdentity({ keyPolicy: { rotateEveryDays: 1, keepOldDays: 1 } });
    vault.addIdentity(identity);
    const other = open();
    other.run(`UPDATE identities SET key_policy = '{"rotateEveryDays":-1}'`);
    other.close();
    vault.lock();
    enter();
    expect(vault.identities()[0]?.keyPolicy).toEqual(defaultKeyPolicy);
  });
});
