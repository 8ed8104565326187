import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onionOf } from '../../domain/mail-address';
import { createOpenpgpEngine } from '../openpgp-engine';
import { certifyingKeyOf } from '../keys/onion-certifying-key';
import { DAY, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { openGpg, type Gpg } from '../testing/gpg';

// gpg judges by its own clock, so these identities are made at the real time.
const NOW = Date.now();
const CONTENT = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nGr\u00fc\u00dfe vom Boot.\r\n');
const PASSPHRASE = 'correct horse battery';

describe('with GnuPG', () => {
  const pgp = createOpenpgpEngine();
  let gpg: Gpg;
  let alice: TestIdentity;
  let bob: TestIdentity;

  beforeAll(async () => {
    gpg = openGpg();
    [alice, bob] = await Promise.all([makeIdentity('alice', 1, NOW), makeIdentity('bob', 2, NOW)]);
    await gpg.run(['--import'], await pgp.exportCertifyingKey({ onionSeed: alice.seed }));
    await gpg.run(['--import'], await pgp.armorPublicKey(alice.keys.publicKey));
    const { secretKey, publicKey } = bob.keys;
    await gpg.run(
      ['--passphrase', PASSPHRASE, '--import'],
      await pgp.exportSecretKey({ secretKey, publicKey, passphrase: PASSPHRASE }),
    );
  });
  afterAll(() => gpg.remove());

  it('knows the certifying key by the fingerprint that the address gives', async () => {
    const expected = (await certifyingKeyOf(alice.address)).getFingerprint().toUpperCase();
    const { stdout } = await gpg.run(['--with-colons', '--fingerprint', onionOf(alice.address)]);
    expect(stdout.toString()).toContain(`fpr:::::::::${expected}:`);
    expect(stdout.toString()).toMatch(/^pub:[^:]*:\d+:22:[0-9A-F]{16}:1577836800:.*:cC?:/m);
  });

  it('imports public and secret keys without a warning', async () => {
    const carol = await makeIdentity('carol', 3, NOW);
    const { secretKey, publicKey } = carol.keys;
    const fresh = openGpg();
    try {
      const blocks = [
        await pgp.exportCertifyingKey({ onionSeed: carol.seed }),
        await pgp.armorPublicKey(publicKey),
        await pgp.exportSecretKey({ secretKey, publicKey, passphrase: PASSPHRASE }),
      ];
      for (const block of blocks) {
        const { stderr } = await fresh.run(['--passphrase', PASSPHRASE, '--import'], block);
        expect(stderr).toMatch(/imported|not changed/);
        expect(stderr).not.toMatch(/\b(warning|preferences|unavailable|invalid|bad)\b/i);
      }
      const { stdout } = await fresh.run(['--check-sigs', `=<${carol.address}>`]);
      expect(stdout.toString().match(/^sig!/gm)).toHaveLength(3);
    } finally {
      await fresh.remove();
    }
  });

  it('finds the onion certification good', async () => {
    const certifier = (await certifyingKeyOf(alice.address)).getKeyID().toHex().toUpperCase();
    const { stdout } = await gpg.run(['--check-sigs', `=<${alice.address}>`]);
    expect(stdout.toString()).toMatch(new RegExp(`^sig!3 +${certifier} `, 'm'));
    const { stdout: colons } = await gpg.run(['--with-colons', '--check-sigs', `=<${alice.address}>`]);
    expect(colons.toString()).toMatch(new RegExp(`^sig:!::22:${certifier}:.*:13x:`, 'm'));
  });

  it('calls the address valid once the onion key is a trusted introducer for its own names', async () => {
    const onion = onionOf(alice.address);
    const other = openGpg();
    try {
      await other.run(['--passphrase', '', '--quick-generate-key', 'me <me@localhost>', 'ed25519', 'default', 'never']);
      await other.run(['--import'], await pgp.exportCertifyingKey({ onionSeed: alice.seed }));
      await other.run(['--import'], await pgp.armorPublicKey(alice.keys.publicKey));
      const certifier = (await certifyingKeyOf(alice.address)).getFingerprint();
      // «Full trust», depth 1, domain of the onion; then the last question.
      await other.run(
        ['--no-batch', '--command-fd', '0', '--no-ask-cert-level', '--edit-key', certifier, 'tlsign', 'save'],
        `2\n1\n${onion}\ny\n`,
      );
      await other.run(['--check-trustdb']);
      const { stdout } = await other.run(['--with-colons', '--list-keys', `=<${alice.address}>`]);
      expect(stdout.toString()).toMatch(/^uid:f:/m);
    } finally {
      await other.remove();
    }
  });

  it('decrypts and verifies what we seal', async () => {
    const recipients = [bob.keys.publicKey, alice.keys.publicKey];
    const sealed = await pgp.seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients, now: NOW });
    const { stdout, stderr } = await gpg.run(['--passphrase', PASSPHRASE, '--decrypt'], sealed);
    expect(stdout.equals(CONTENT)).toBe(true);
    expect(stderr).toContain(`Good signature from "<${alice.address}>"`);
    expect(stderr).not.toMatch(/WARNING: (message was not integrity|.*not protected)/);
  });

  it('decrypts what we seal without a name, and finds nothing in it but the recipient', async () => {
    const sealed = await pgp.sealAnonymously({ content: CONTENT, recipient: bob.keys.publicKey, now: NOW });
    const { stdout } = await gpg.run(['--passphrase', PASSPHRASE, '--decrypt'], sealed);
    expect(stdout.equals(CONTENT)).toBe(true);
    const { stdout: listing } = await gpg.run(['--passphrase', PASSPHRASE, '--list-packets', '--verbose'], sealed);
    const packets = listing
      .toString()
      .match(/^:.*/gm)
      ?.map((line) => line.replace(/keyid [0-9A-F]{16}/, 'keyid'));
    expect(packets).toEqual([
      ':pubkey enc packet: version 3, algo 18, keyid',
      ':encrypted data packet:',
      ':literal data packet:',
    ]);
    expect(listing.toString()).toMatch(/mode b \(62\), created 0, name="",/);
    expect(listing.toString()).toContain('mdc_method: 2');
    const subkey = (await gpg.run(['--with-colons', '--list-keys', bob.keys.fingerprint])).stdout
      .toString()
      .split('\n')
      .find((line) => line.startsWith('sub'));
    expect(/keyid ([0-9A-F]{16})/.exec(listing.toString())?.[1]).toBe(subkey?.split(':')[4]);
  });

  it('makes a message for one alone that we open, and no other kind', async () => {
    const to = ['--recipient', bob.keys.fingerprint, '--trust-model', 'always', '--encrypt'];
    const made = async (...options: string[]): Promise<string> => {
      const { stdout: sealed } = await gpg.run(['--passphrase', PASSPHRASE, ...to, ...options], CONTENT);
      const opened = await pgp.openAnonymous({ sealed, secretKey: bob.keys.secretKey });
      return opened.outcome === 'opened' ? Buffer.from(opened.content).toString() : opened.reason;
    };
    expect(await made('--compress-algo', 'none')).toBe(CONTENT.toString());
    expect(await made('--compress-algo', 'zip')).toBe('malformed');
    expect(await made('--compress-algo', 'none', '--sign', '--local-user', bob.keys.fingerprint)).toBe('malformed');
    expect(await made('--compress-algo', 'none', '--recipient', alice.keys.fingerprint)).toBe('malformed');
  });

  const variants = [
    ['as gpg does it by default', []],
    ['armored', ['--armor']],
    ['with ZIP', ['--compress-algo', 'zip']],
    ['with ZLIB', ['--compress-algo', 'zlib']],
    ['with AES-128 and SHA-256', ['--cipher-algo', 'AES128', '--digest-algo', 'SHA256']],
    ['with hidden recipients', ['--throw-keyids']],
  ] as const;
  it.each(variants)('makes a message that we open and verify: %s', async (_name, options) => {
    const sealed = await gpgSealed(CONTENT, options);
    const opened = await pgp.decrypt({ sealed, secretKey: bob.keys.secretKey });
    if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
    expect(Buffer.from(opened.content).equals(CONTENT)).toBe(true);
    const check = await pgp.verify({
      signedMessage: opened.signedMessage,
      publicKey: bob.keys.publicKey,
      now: NOW + DAY,
    });
    expect(check.outcome).toBe('valid');
  });

  it('makes a large message in partial packets that we open and verify', async () => {
    const content = Buffer.alloc(5 << 20, 'partial body lengths ');
    const sealed = await gpgSealed(content, []);
    const opened = await pgp.decrypt({ sealed, secretKey: bob.keys.secretKey });
    if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
    expect(Buffer.compare(opened.content, content)).toBe(0);
    const check = await pgp.verify({
      signedMessage: opened.signedMessage,
      publicKey: bob.keys.publicKey,
      now: NOW + DAY,
    });
    expect(check.outcome).toBe('valid');
  });

  const refusals = [
    ['unsigned', ['--encrypt'], 'not-signed'],
    [
      'without integrity protection',
      ['--sign', '--encrypt', '--rfc2440', '--disable-mdc', '--cipher-algo', 'AES'],
      'no-integrity-protection',
    ],
    ['with BZip2', ['--sign', '--encrypt', '--compress-algo', 'bzip2'], 'malformed'],
    ['with a passphrase beside the key', ['--sign', '--encrypt', '--symmetric'], 'malformed'],
  ] as const;
  it.each(refusals)('makes a message that we refuse: %s', async (_name, options, reason) => {
    const recipient = [
      '--recipient',
      bob.keys.fingerprint,
      '--trust-model',
      'always',
      '--local-user',
      bob.keys.fingerprint,
    ];
    const { stdout } = await gpg.run(['--passphrase', PASSPHRASE, ...recipient, ...options], CONTENT);
    expect(await pgp.decrypt({ sealed: stdout, secretKey: bob.keys.secretKey })).toEqual({
      outcome: 'refused',
      reason,
    });
  });

  it('exports a key block in which we still find the certification', async () => {
    const { stdout } = await gpg.run(['--armor', '--export', alice.keys.fingerprint]);
    const check = await pgp.checkKeyBlock({ block: stdout, address: alice.address, now: NOW });
    expect(check).toMatchObject({ outcome: 'certified', fingerprint: alice.keys.fingerprint });
  });

  async function gpgSealed(content: Uint8Array, options: readonly string[]): Promise<Buffer> {
    const keys = ['--recipient', bob.keys.fingerprint, '--local-user', bob.keys.fingerprint, '--trust-model', 'always'];
    const { stdout } = await gpg.run(['--passphrase', PASSPHRASE, ...keys, ...options, '--sign', '--encrypt'], content);
    return stdout;
  }
});
