import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadCertification } from '../../ports/certification-pgp';
import { createOpenpgpEngine } from '../openpgp-engine';
import { certifyingKeyOf } from '../keys/onion-certifying-key';
import { concatBytes } from '../packets/packet-framing';
import { openGpg, type Gpg } from '../testing/gpg';
import { DAY, makeIdentity, type TestIdentity } from '../testing/own-identity';

// The programs judge by their own clocks, so these identities are made at the real time; the minute leaves room for
// what comes later.
const NOW = Math.floor(Date.now() / 1000) * 1000 - 60_000;
const LIMIT = '<[^>]+[@.]example\\.onion>$';

const pgp = createOpenpgpEngine();
const run = promisify(execFile);
let folder: string;
let alice: TestIdentity;
let bob: TestIdentity;
let carol: TestIdentity;
let dave: TestIdentity;
/** Alice's: on Bob local, on Carol shared with trust and expiry, on Dave shared and revoked. */
let local: ReadCertification;
let introducing: ReadCertification;
let taken: ReadCertification;
let revocation: ReadCertification;
let withLocal: Uint8Array;
let withTrust: Uint8Array;
let withRevocation: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-interop-'));
  [alice, bob, carol, dave] = await Promise.all([
    makeIdentity('alice', 1, NOW),
    makeIdentity('bob', 2, NOW),
    makeIdentity('carol', 3, NOW),
    makeIdentity('dave', 4, NOW),
  ]);
  const { secretKey } = alice.keys;
  const by = { secretKey, now: NOW };
  const trust = { depth: 2, amount: 'marginal' as const, regex: LIMIT };
  local = await pgp.certify({ ...by, subject: bob.keys.publicKey, level: 'positive', exportable: false });
  introducing = await pgp.certify({
    ...by,
    subject: carol.keys.publicKey,
    level: 'casual',
    exportable: true,
    expiresAt: NOW + 100 * DAY,
    trust,
  });
  taken = await pgp.certify({ ...by, subject: dave.keys.publicKey, level: 'positive', exportable: true });
  revocation = await pgp.revokeCertification({
    ...by,
    subject: dave.keys.publicKey,
    exportable: true,
    now: NOW + 2000,
  });
  withLocal = await pgp.withCertifications({ block: bob.keys.publicKey, bodies: [local.body] });
  withTrust = await pgp.withCertifications({ block: carol.keys.publicKey, bodies: [introducing.body] });
  withRevocation = await pgp.withCertifications({ block: dave.keys.publicKey, bodies: [taken.body, revocation.body] });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function keyIdOf(identity: TestIdentity): string {
  return identity.keys.fingerprint.slice(-16);
}

function fileOf(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What is on a block by this issuer, once it has been verified; fails on one that does not verify. */
async function verifiedBy(issuer: TestIdentity, on: TestIdentity, block: Uint8Array): Promise<ReadCertification[]> {
  const { certifications } = await pgp.readCertifications({ block });
  const claimed = certifications.filter(({ issuerKeyId }) => issuerKeyId === keyIdOf(issuer));
  const checks = claimed.map(({ body }) => ({ body, subject: on.keys.publicKey, issuer: issuer.keys.publicKey }));
  expect(await pgp.verifyCertifications({ checks })).toEqual(claimed.map(() => true));
  return claimed;
}

describe('our certifications with GnuPG', () => {
  let gpg: Gpg;

  beforeAll(async () => {
    gpg = openGpg();
    const blocks = [alice.keys.publicKey, withLocal, withTrust, withRevocation];
    for (const seed of [alice.seed, bob.seed])
      await gpg.run(['--import'], await pgp.exportCertifyingKey({ onionSeed: seed }));
    await gpg.run(['--import-options', 'import-local-sigs', '--import'], concatBytes(blocks));
  });
  afterAll(() => gpg.remove());

  it('lists the own key with its onion certification as good', async () => {
    const certifier = (await certifyingKeyOf(alice.address)).getKeyID().toHex().toUpperCase();
    const listing = await checkSigs(alice);
    expect(listing).toMatch(new RegExp(`^sig!3 +${keyIdOf(alice)} `, 'm'));
    expect(listing).toMatch(new RegExp(`^sig!3 +${certifier} `, 'm'));
  });

  it('lists a local one as good and local, and keeps it to itself', async () => {
    expect(await checkSigs(bob)).toMatch(new RegExp(`^sig!3 L +${keyIdOf(alice)} `, 'm'));
    const { stdout } = await gpg.run(['--export', bob.keys.fingerprint]);
    expect(await verifiedBy(alice, bob, stdout)).toEqual([]);
  });

  it('lists an introducer’s with level, depth, amount, limit and expiry', async () => {
    expect(await checkSigs(carol)).toMatch(new RegExp(`^sig!2 +2 +${keyIdOf(alice)} `, 'm'));
    const { stdout } = await gpg.run(['--with-colons', '--check-sigs', carol.keys.fingerprint]);
    const line = stdout
      .toString()
      .split('\n')
      .find((text) => text.startsWith('sig:') && text.includes(keyIdOf(alice)));
    const times = [NOW, introducing.expiresAt!].map((time) => String(time / 1000));
    // In colons a backslash is escaped; «x» is for exportable.
    const limit = LIMIT.replace('\\', '\\x5c');
    expect(line?.split(':').slice(1, 11)).toEqual([
      '!',
      '',
      '22',
      keyIdOf(alice),
      ...times,
      '2 60',
      limit,
      `<${alice.address}>`,
      '12x',
    ]);
  });

  it('lists one taken back as revoked', async () => {
    const listing = await checkSigs(dave);
    expect(listing).toMatch(new RegExp(`^rev! +${keyIdOf(alice)} `, 'm'));
    expect(listing).toMatch(new RegExp(`^sig!3 +${keyIdOf(alice)} `, 'm'));
  });

  it('lists a forged one as bad', async () => {
    const other = openGpg();
    try {
      await other.run(['--import'], alice.keys.publicKey);
      await other.run(['--import'], await forged());
      const { stdout } = await other.run(['--with-colons', '--check-sigs', carol.keys.fingerprint]);
      expect(stdout.toString()).toMatch(new RegExp(`^sig:-::22:${keyIdOf(alice)}:`, 'm'));
    } finally {
      await other.remove();
    }
  });

  it('believes the keys that an onion certifies once it is trusted for its own names, and no others', async () => {
    const other = openGpg();
    try {
      await other.run(['--passphrase', '', '--import'], alice.keys.secretKey);
      await other.run(['--import'], concatBytes([alice.keys.publicKey, bob.keys.publicKey, carol.keys.publicKey]));
      await other.run(['--import-ownertrust'], `${alice.keys.fingerprint}:6:\n`);
      const block = await pgp.armorPublicKey(
        await pgp.trustOnion({ secretKey: alice.keys.secretKey, address: bob.address, now: NOW }),
      );
      // Only the onion could sign for the onion key itself, which its address names already.
      await other.run(['--allow-non-selfsigned-uid', '--import-options', 'import-local-sigs', '--import'], block);
      await other.run(['--check-trustdb']);
      const validity = async (of: string): Promise<string | undefined> => {
        const { stdout } = await other.run(['--with-colons', '--list-keys', of]);
        return /^uid:(.):/m.exec(stdout.toString())?.[1];
      };
      expect(await validity(bob.keys.fingerprint)).toBe('f');
      expect(await validity(carol.keys.fingerprint)).toBe('-');
      const { stdout } = await other.run(['--check-sigs', (await certifyingKeyOf(bob.address)).getFingerprint()]);
      expect(stdout.toString()).toMatch(new RegExp(`^sig!3 L +1 +${keyIdOf(alice)} `, 'm'));
    } finally {
      await other.remove();
    }
  });

  async function checkSigs(identity: TestIdentity): Promise<string> {
    return (await gpg.run(['--check-sigs', identity.keys.fingerprint])).stdout.toString();
  }
});

describe('GnuPG’s certifications here', () => {
  let gpg: Gpg;

  beforeAll(async () => {
    gpg = openGpg();
    await gpg.run(['--passphrase', '', '--import'], alice.keys.secretKey);
    await gpg.run(
      ['--import'],
      concatBytes([alice.keys.publicKey, bob.keys.publicKey, carol.keys.publicKey, dave.keys.publicKey]),
    );
    await gpg.run(['--import-ownertrust'], `${alice.keys.fingerprint}:6:\n`);
  });
  afterAll(() => gpg.remove());

  const asAlice = (): string[] => ['--local-user', alice.keys.fingerprint, '--passphrase', ''];

  it('are accepted: shared with a level and an expiry', async () => {
    const options = ['--default-cert-level', '2', '--default-cert-expire', '30d'];
    await gpg.run([...asAlice(), ...options, '--quick-sign-key', bob.keys.fingerprint]);
    const [found] = await verifiedBy(alice, bob, await exported(bob));
    expect(found).toMatchObject({ issuer: alice.keys.fingerprint, kind: 'certification', level: 2, exportable: true });
    expect(found!.expiresAt! - found!.createdAt).toBe(30 * DAY);
  });

  it('are accepted: taken back', async () => {
    await gpg.run([...asAlice(), '--quick-revoke-sig', bob.keys.fingerprint, alice.keys.fingerprint]);
    const found = await verifiedBy(alice, bob, await exported(bob));
    expect(found.map(({ kind }) => kind)).toContain('revocation');
  });

  it('are accepted: local', async () => {
    await gpg.run([...asAlice(), '--quick-lsign-key', carol.keys.fingerprint]);
    expect(await verifiedBy(alice, carol, await exported(carol))).toEqual([]);
    const { stdout } = await gpg.run(['--export-options', 'export-local-sigs', '--export', carol.keys.fingerprint]);
    expect(await verifiedBy(alice, carol, stdout)).toMatchObject([{ exportable: false, level: 0 }]);
  });

  it('are accepted: with trust, for one domain', async () => {
    const edit = [
      '--no-batch',
      '--command-fd',
      '0',
      '--no-ask-cert-level',
      '--edit-key',
      dave.keys.fingerprint,
      'tsign',
      'save',
    ];
    // Marginal trust, depth 3, this domain, yes.
    await gpg.run([...asAlice(), ...edit], '1\n3\nexample.onion\ny\n');
    const [found] = await verifiedBy(alice, dave, await exported(dave));
    expect(found).toMatchObject({ exportable: true, trust: { depth: 3, amount: 60, regex: LIMIT } });
  });

  it('of RSA keys are claims that cannot be confirmed', async () => {
    const other = openGpg();
    try {
      await other.run(['--passphrase', '', '--quick-generate-key', 'rsa@example.org', 'rsa2048', 'default', 'never']);
      await other.run(['--import'], bob.keys.publicKey);
      await other.run(['--passphrase', '', '--quick-sign-key', bob.keys.fingerprint]);
      const { stdout } = await other.run(['--export', bob.keys.fingerprint]);
      const { stdout: issuer } = await other.run(['--export', 'rsa@example.org']);
      const { certifications } = await pgp.readCertifications({ block: stdout });
      expect(certifications).toHaveLength(1);
      expect(certifications[0]).toMatchObject({ kind: 'certification', exportable: true });
      const check = { body: certifications[0]!.body, subject: bob.keys.publicKey, issuer };
      expect(await pgp.verifyCertifications({ checks: [check] })).toEqual([false]);
    } finally {
      await other.remove();
    }
  });

  it('come with a whole ring, armored', async () => {
    const { stdout } = await gpg.run(['--armor', '--export']);
    const split = await pgp.splitKeys({ content: stdout });
    expect(new Set(split?.map(({ address }) => address))).toEqual(
      new Set([alice, bob, carol, dave].map(({ address }) => address)),
    );
    for (const { block, address } of split ?? []) {
      const check = await pgp.checkKeyBlock({ block, address: address as TestIdentity['address'], now: NOW + DAY });
      expect(check.outcome).toBe('certified');
    }
  });

  async function exported(identity: TestIdentity): Promise<Buffer> {
    return (await gpg.run(['--export', identity.keys.fingerprint])).stdout;
  }
});

describe('Sequoia', () => {
  it('reads our certifications with all that they say', async () => {
    const trusted = await inspect('carol.pgp', withTrust);
    expect(trusted).toContain(`UserID: <${carol.address}>`);
    for (const line of [
      'Trust depth: 2',
      'Trust amount: 60',
      `Regular expression: ${JSON.stringify(LIMIT)}`,
      'Hash algorithm: SHA512',
    ]) {
      expect(trusted).toContain(line);
    }
    expect(trusted).toContain(`Alleged certifier: ${alice.keys.fingerprint}`);
    expect(await inspect('dave.pgp', withRevocation)).toMatch(
      new RegExp(`revoked:[^]*Issued by ${alice.keys.fingerprint}`),
    );
    expect(await inspect('bob.pgp', withLocal)).toContain(`Alleged certifier: ${alice.keys.fingerprint}`);
    const ring = fileOf('ring.pgp', concatBytes([withLocal, withTrust, withRevocation]));
    const { stdout } = await run('sq', ['keyring', 'list', ring]);
    for (const identity of [bob, carol, dave])
      expect(stdout).toContain(`${identity.keys.fingerprint} <${identity.address}>`);
  });

  it('makes certifications that we accept', async () => {
    const [secret, subject, out] = [
      fileOf('alice.key', alice.keys.secretKey),
      fileOf('to-certify.pgp', bob.keys.publicKey),
      join(folder, 'by-sq.pgp'),
    ];
    const trust = ['--depth', '2', '--amount', '60', '--regex', LIMIT, '--expires-in', '10d', '--local'];
    await run('sq', ['--force', 'certify', '--binary', '--output', out, ...trust, secret, subject, `<${bob.address}>`]);
    const [found] = await verifiedBy(alice, bob, readFileSync(out));
    expect(found).toMatchObject({
      issuer: alice.keys.fingerprint,
      level: 0,
      exportable: false,
      trust: { depth: 2, amount: 60, regex: LIMIT },
    });
    expect(found!.expiresAt! - found!.createdAt).toBe(10 * DAY);
  });

  it('splits into the same keys what it has joined', async () => {
    const merged = join(folder, 'merged.pgp');
    const files = [
      fileOf('one.pgp', withTrust),
      fileOf('two.pgp', carol.keys.publicKey),
      fileOf('three.pgp', withRevocation),
    ];
    await run('sq', ['--force', 'keyring', 'merge', '--output', merged, ...files]);
    const split = await pgp.splitKeys({ content: readFileSync(merged) });
    expect(new Set(split?.map(({ address }) => address))).toEqual(new Set([carol.address, dave.address]));
    const merging = split?.find(({ address }) => address === carol.address)?.block ?? new Uint8Array();
    expect((await verifiedBy(alice, carol, merging)).map(({ id }) => id)).toEqual([introducing.id]);
  });

  async function inspect(name: string, block: Uint8Array): Promise<string> {
    const { stdout } = await run('sq', ['inspect', '--certifications', fileOf(name, block)]);
    return stdout;
  }
});

describe('rnp, which Thunderbird is built on', () => {
  it('verifies what we certify, and marks a forged one as invalid', async () => {
    const listing = await listed([alice.keys.publicKey, withLocal, withTrust]);
    const ours = new RegExp(
      `^sig +${keyIdOf(alice).toLowerCase()} [-0-9]+ <${alice.address.replaceAll('.', '\\.')}>(.*)$`,
      'gm',
    );
    // On Alice's User ID and subkey, on Bob and on Carol.
    expect([...listing.matchAll(ours)].map(([, rest]) => rest)).toEqual(['', '', '', '']);
    const forgery = await listed([alice.keys.publicKey, await forged()]);
    expect([...forgery.matchAll(ours)].map(([, rest]) => rest)).toEqual(['', '', ' [invalid]']);
  });

  async function listed(blocks: readonly Uint8Array[]): Promise<string> {
    const home = mkdtempSync(join(folder, 'rnp-'));
    const certifiers = await Promise.all(
      [alice, bob, carol].map(({ seed }) => pgp.exportCertifyingKey({ onionSeed: seed })),
    );
    for (const block of [...certifiers, ...blocks])
      await run('rnpkeys', ['--homedir', home, '--notty', '--import-keys', fileOf('to-import', block)]);
    const { stdout } = await run('rnpkeys', ['--homedir', home, '--notty', '--list-keys', '--with-sigs']);
    return stdout;
  }
});

/** Carol's key with Alice's certification, in which the last octet is another. */
async function forged(): Promise<Uint8Array> {
  const body = Uint8Array.from(introducing.body);
  body[body.length - 1]! ^= 1;
  return pgp.withCertifications({ block: carol.keys.publicKey, bodies: [body] });
}
