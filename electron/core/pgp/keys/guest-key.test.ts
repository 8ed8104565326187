import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailAddress } from '../../../../shared/ids';
import { readKeyBlock } from './key-block';
import { createOpenpgpEngine } from '../openpgp-engine';
import { openGpg, type Gpg } from '../testing/gpg';
import { DAY, addressOf, makeIdentity, seedOf, type TestIdentity } from '../testing/own-identity';

// gpg judges by its own clock, so keys are made at the real time.
const NOW = Date.now();
const SEED = seedOf(7);
const ADDRESS = addressOf('gina', SEED);
const CONTENT = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße vom Boot.\r\n');

const pgp = createOpenpgpEngine();
let gpg: Gpg;
let host: TestIdentity;

beforeAll(async () => {
  gpg = openGpg();
  host = await makeIdentity('host', 8, NOW);
  await gpg.run(['--import'], await pgp.armorPublicKey(host.keys.publicKey));
});
afterAll(() => gpg.remove());

const certify = (block: Uint8Array, o: { address?: MailAddress; now?: number; certifiedAt?: number } = {}) =>
  pgp.certifyGuestKey({ block, address: ADDRESS, onionSeed: SEED, now: NOW, certifiedAt: NOW - DAY, ...o });

/** The fingerprint of a new key without a passphrase, with the subkeys that are named. */
async function makeKey(userId: string, kind: string, subkeys: readonly (readonly [string, string])[]): Promise<string> {
  const made = await gpg.run([
    '--status-fd',
    '1',
    '--passphrase',
    '',
    '--quick-gen-key',
    userId,
    kind,
    'sign,cert',
    '1y',
  ]);
  const fingerprint = /KEY_CREATED P ([0-9A-F]{40})/.exec(made.stdout.toString())?.[1] ?? '';
  for (const [algorithm, use] of subkeys) {
    await gpg.run(['--passphrase', '', '--quick-add-key', fingerprint, algorithm, use, '1y']);
  }
  return fingerprint;
}

const exported = async (fingerprint: string, command = '--export'): Promise<Buffer> =>
  (await gpg.run(['--passphrase', '', '--armor', command, fingerprint])).stdout;

async function certified(block: Uint8Array) {
  const answer = await certify(block);
  if (answer.outcome === 'refused') throw new Error(answer.problem);
  return answer;
}

describe('the key of a guest', () => {
  const kinds = [
    ['RSA of 3,072 bits, with a name', `Gina G. <${ADDRESS}>`, 'rsa3072', [['rsa3072', 'encr']]],
    [
      'RSA that signs with a subkey',
      ADDRESS,
      'rsa4096',
      [
        ['rsa3072', 'sign'],
        ['rsa3072', 'encr'],
      ],
    ],
    ['Ed25519 with Curve25519', `<${ADDRESS}>`, 'ed25519', [['cv25519', 'encr']]],
    ['Ed25519 with RSA', ADDRESS, 'ed25519', [['rsa3072', 'encr']]],
  ] as const;

  it.each(kinds)('may be %s: peers believe it, seal to it, and verify what it signs', async (_kind, userId, ...key) => {
    const fingerprint = await makeKey(userId, ...key);
    const { publicKey, certifiedAt, ...facts } = await certified(await exported(fingerprint));
    expect(facts).toMatchObject({ outcome: 'certified', fingerprint });
    expect(facts.expiresAt).toBeGreaterThan(NOW + 300 * DAY);
    // Not older than the key, which GnuPG would not take.
    expect(certifiedAt).toBeGreaterThan(NOW - DAY);
    expect(await pgp.checkKeyBlock({ block: publicKey, address: ADDRESS, now: NOW })).toMatchObject({
      outcome: 'certified',
      fingerprint,
    });

    const { secretKey } = host.keys;
    const sealed = await pgp.seal({ content: CONTENT, secretKey, recipients: [publicKey], now: NOW });
    expect((await gpg.run(['--decrypt'], sealed)).stdout.equals(CONTENT)).toBe(true);

    const to = ['--trust-model', 'always', '--recipient', host.keys.fingerprint, '--local-user', fingerprint];
    const answer = await gpg.run(['--armor', ...to, '--sign', '--encrypt'], CONTENT);
    const opened = await pgp.decrypt({ sealed: answer.stdout, secretKey });
    if (opened.outcome === 'refused') throw new Error(opened.reason);
    expect(Buffer.from(opened.content).equals(CONTENT)).toBe(true);
    const { signedMessage } = opened;
    expect(await pgp.verify({ signedMessage, publicKey, now: NOW })).toMatchObject({ outcome: 'valid' });
    const other = await pgp.verify({ signedMessage, publicKey: host.keys.publicKey, now: NOW });
    expect(other).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
  });

  it('is certified again in place of the last time', async () => {
    const first = await certified(await exported(await makeKey(ADDRESS, 'ed25519', [['cv25519', 'encr']])));
    const later = await certify(first.publicKey, { now: NOW + 30 * DAY, certifiedAt: NOW + 25 * DAY });
    if (later.outcome === 'refused') throw new Error(later.problem);
    const [raw] = readKeyBlock(later.publicKey) ?? [];
    expect(raw?.userIds.map(({ signatures }) => signatures.length)).toEqual([2]);
    const asked = { block: later.publicKey, address: ADDRESS, now: NOW + 30 * DAY };
    expect(await pgp.checkKeyBlock(asked)).toMatchObject({ outcome: 'certified', certifiedAt: later.certifiedAt });
    expect(later.certifiedAt).toBeGreaterThan(first.certifiedAt);
  });
});

describe('a key is refused', () => {
  const refusedWith = (problem: string) => ({ outcome: 'refused', problem });

  it('when it is the secret one, armored or not', async () => {
    const fingerprint = await makeKey(ADDRESS, 'ed25519', [['cv25519', 'encr']]);
    expect(await certify(await exported(fingerprint, '--export-secret-keys'))).toEqual(refusedWith('secret-key'));
    const binary = await gpg.run(['--passphrase', '', '--export-secret-keys', fingerprint]);
    expect(await certify(binary.stdout)).toEqual(refusedWith('secret-key'));
  });

  it('when it is no key, or one of another person', async () => {
    expect(await certify(Buffer.from('hello'))).toEqual(refusedWith('unreadable'));
    expect(await certify(Buffer.alloc(0))).toEqual(refusedWith('unreadable'));
    expect(await certify(host.keys.publicKey)).toEqual(refusedWith('other-address'));
    const other = addressOf('gina', seedOf(9));
    await expect(certify(host.keys.publicKey, { address: other })).rejects.toMatchObject({ code: 'address-invalid' });
  });

  it('when there are several, or several names on it', async () => {
    const fingerprint = await makeKey(ADDRESS, 'ed25519', [['cv25519', 'encr']]);
    const { stdout } = await gpg.run(['--export', fingerprint]);
    expect(await certify(Buffer.concat([stdout, host.keys.publicKey]))).toEqual(refusedWith('several-keys'));
    await gpg.run(['--passphrase', '', '--quick-add-uid', fingerprint, 'Gina <gina@example.org>']);
    expect(await certify(await exported(fingerprint))).toEqual(refusedWith('several-names'));
  });

  it('when it is of a kind that peers do not take', async () => {
    for (const kind of ['rsa2048', 'nistp256'])
      expect(await certify(await exported(await makeKey(ADDRESS, kind, [])))).toEqual(
        refusedWith('kind-not-supported'),
      );
  });

  it('when it has expired, is of tomorrow, cannot encrypt or cannot sign', async () => {
    const whole = await exported(await makeKey(ADDRESS, 'ed25519', [['cv25519', 'encr']]));
    expect(await certify(whole, { now: NOW + 400 * DAY })).toEqual(refusedWith('expired'));
    expect(await certify(whole, { now: NOW - 2 * DAY })).toEqual(refusedWith('from-the-future'));
    const signs = await exported(await makeKey(ADDRESS, 'ed25519', []));
    expect(await certify(signs)).toEqual(refusedWith('cannot-encrypt'));
    const weak = await exported(await makeKey(ADDRESS, 'ed25519', [['rsa2048', 'encr']]));
    expect(await certify(weak)).toEqual(refusedWith('cannot-encrypt'));
    await gpg.run(['--passphrase', '', '--quick-gen-key', `Only <${ADDRESS}>`, 'ed25519', 'cert', '1y']);
    const { stdout } = await gpg.run(['--with-colons', '--list-keys', `=Only <${ADDRESS}>`]);
    const certifies = /^fpr:+([0-9A-F]{40})/m.exec(stdout.toString())?.[1] ?? '';
    await gpg.run(['--passphrase', '', '--quick-add-key', certifies, 'cv25519', 'encr', '1y']);
    expect(await certify(await exported(certifies))).toEqual(refusedWith('cannot-sign'));
  });
});
