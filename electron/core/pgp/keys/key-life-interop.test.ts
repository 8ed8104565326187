import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { armorPublicKey, exportCertifyingKey } from './export';
import { decrypt } from '../messages/decrypt';
import { decodeArmor } from '../packets/armor';
import { readOwnKey, renewKey, replaceKey, revokeKey, rotateSubkey } from './key-life';
import { TAG, splitPackets } from '../packets/packet-framing';
import { openGpg, type Gpg } from '../testing/gpg';
import { DAY, makeIdentity, type TestIdentity } from '../testing/own-identity';

// gpg judges by its own clock: the key is two days old, and changes since.
const NOW = Date.now();
const CONTENT = 'Content-Type: text/plain\r\n\r\nFrom GnuPG.\r\n';

let gpg: Gpg;
let alice: TestIdentity;
let common: { address: TestIdentity['address']; onionSeed: Uint8Array; keys: TestIdentity['keys'] };

beforeEach(async () => {
  gpg = openGpg();
  alice = await makeIdentity('alice', 1, NOW - 2 * DAY);
  common = { address: alice.address, onionSeed: alice.seed, keys: alice.keys };
  await gpg.run(['--import'], await exportCertifyingKey({ onionSeed: alice.seed }));
  await refresh(alice.keys.publicKey);
});
afterEach(() => gpg.remove());

/** What a key server does for a gpg user. */
async function refresh(publicKey: Uint8Array): Promise<void> {
  const { stderr } = await gpg.run(['--import'], armorPublicKey(publicKey));
  expect(stderr).not.toMatch(/\b(warning|invalid|bad|preferences)\b/i);
}

async function listing(): Promise<string> {
  const { stdout } = await gpg.run(['--with-colons', '--check-sigs', `=<${alice.address}>`]);
  expect(stdout.toString()).not.toMatch(/^(sig|rev):[-%]/m);
  return stdout.toString();
}

/** Encrypts as gpg does by default; answers what it made. */
async function encrypted(): Promise<Uint8Array> {
  await gpg.run([
    '--passphrase',
    '',
    '--quick-generate-key',
    'sender <sender@localhost>',
    'ed25519',
    'default',
    'never',
  ]);
  const { stdout } = await gpg.run(
    ['--trust-model', 'always', '--passphrase', '', '--sign', '--encrypt', '--recipient', `=<${alice.address}>`],
    CONTENT,
  );
  return new Uint8Array(stdout);
}

describe('GnuPG, after a refresh', () => {
  it('knows when a renewed key expires', async () => {
    const expiresAt = NOW + 50 * DAY;
    await refresh((await renewKey({ ...common, expiresAt, now: NOW })).publicKey);
    expect(await listing()).toMatch(
      new RegExp(`^pub:[^:]*:\\d+:22:[0-9A-F]{16}:\\d+:${String(Math.floor(expiresAt / 1000))}:`, 'm'),
    );
    await refresh((await renewKey({ ...common, now: NOW + 1000 })).publicKey);
    expect(await listing()).toMatch(/^pub:[^:]*:\d+:22:[0-9A-F]{16}:\d+::/m);
  });

  it('seals to the new subkey, and sees the old one expired', async () => {
    const { keys, retired } = await rotateSubkey({ ...common, now: NOW - 1000 });
    await refresh(keys.publicKey);
    const sealed = await encrypted();
    expect((await decrypt({ sealed, secretKey: keys.secretKey })).outcome).toBe('decrypted');
    expect(await decrypt({ sealed, secretKey: retired.secretKey })).toEqual({
      outcome: 'refused',
      reason: 'not-for-this-key',
    });
    expect(await listing()).toMatch(new RegExp(`^sub:e:.*:${retired.fingerprint.slice(-16)}:`, 'm'));
  });

  it('seals to the newest of several of one day', async () => {
    let { keys } = alice;
    for (const now of [NOW - 5000, NOW - 4000, NOW - 3000]) keys = (await rotateSubkey({ ...common, keys, now })).keys;
    await refresh(keys.publicKey);
    const { subkey } = await readOwnKey({ keys, address: alice.address });
    expect((await listing()).match(/^sub:e:/gm)).toHaveLength(3);
    expect(await listing()).toMatch(new RegExp(`^sub:[^e]:.*:${subkey.fingerprint.slice(-16)}:`, 'm'));
    expect((await decrypt({ sealed: await encrypted(), secretKey: keys.secretKey })).outcome).toBe('decrypted');
  });

  it('sees that the key before vouches for the one that replaced it', async () => {
    const { keys } = await replaceKey({ ...common, now: NOW - 1000 });
    await refresh(keys.publicKey);
    const { stdout } = await gpg.run(['--with-colons', '--check-sigs', keys.fingerprint]);
    expect(stdout.toString()).toMatch(new RegExp(`^sig:!::22:${alice.keys.fingerprint.slice(-16)}:.*:13x:`, 'm'));
  });

  it('sees a revoked key and its reason, and does not seal to it', async () => {
    await refresh((await revokeKey({ ...common, reason: 'compromised', now: NOW - 1000 })).publicKey);
    const listed = await listing();
    expect(listed).toMatch(/^pub:r:/m);
    // The key itself (0x20, reason 2), and the onion (0x30).
    expect(listed).toMatch(/^rev:!:.*:20x,02:/m);
    expect(listed).toMatch(/^rev:!:.*:30x:/m);
    await expect(encrypted()).rejects.toThrow(/skipped: (No|Unusable) public key/);
    await refresh(alice.keys.publicKey);
    expect(await listing()).toMatch(/^pub:r:/m);
  });
});

describe('Sequoia', () => {
  /** Runs `sq ARGUMENTS… FILE` on a key block; rejects when it fails. */
  async function sq(publicKey: Uint8Array, args: readonly string[], text = ''): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'ph-sq-'));
    const files = { key: join(folder, 'key.asc'), text: join(folder, 'text') };
    try {
      await Promise.all([writeFile(files.key, armorPublicKey(publicKey)), writeFile(files.text, text)]);
      const { stdout } = await promisify(execFile)('sq', [...args, files.key, ...(text === '' ? [] : [files.text])]);
      return stdout;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  it('seals to the new subkey alone', async () => {
    const { keys } = await rotateSubkey({ ...common, now: NOW - 1000 });
    const sealed = Buffer.from(await sq(keys.publicKey, ['encrypt', '--recipient-cert'], CONTENT));
    const [binary] = decodeArmor(sealed, 'PGP MESSAGE', 1) ?? [];
    const recipients = splitPackets(binary!, 10)!.filter(({ tag }) => tag === TAG.encryptedSessionKey);
    const { subkey } = await readOwnKey({ keys, address: alice.address });
    expect(recipients.map(({ body }) => Buffer.from(body.subarray(1, 9)).toString('hex').toUpperCase())).toEqual([
      subkey.fingerprint.slice(-16),
    ]);
  });

  it('sees renewed and revoked keys as such', async () => {
    const renewed = await renewKey({ ...common, expiresAt: Date.UTC(2099, 0, 2), now: NOW - 1000 });
    expect(await sq(renewed.publicKey, ['inspect'])).toMatch(/Expiration time: 2099-01-0[12]/);
    const revoked = await revokeKey({ ...common, reason: 'superseded', now: NOW - 1000 });
    expect(await sq(revoked.publicKey, ['inspect'])).toMatch(/Revoked:[^]*superseded/);
    await expect(sq(revoked.publicKey, ['encrypt', '--recipient-cert'], CONTENT)).rejects.toThrow(
      /no suitable|revoked|encryption/i,
    );
  });
});
