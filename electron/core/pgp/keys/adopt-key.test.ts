import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../../../shared/present';
import { adoptKey } from './adopt-key';
import { armorPublicKey, exportSecretKey } from './export';
import { checkKeyBlock } from './check-key-block';
import { decrypt } from '../messages/decrypt';
import { readKeyBlock } from './key-block';
import { readOwnKey, revokeKey, rotateSubkey } from './key-life';
import { encryptKey, enums, generateKey, readPrivateKey } from '../packets/openpgp-library';
import { openOwnKey } from './own-key';
import { PROFILE } from '../packets/openpgp-profile';
import { TAG, joinPackets, splitPackets } from '../packets/packet-framing';
import { seal } from '../messages/seal';
import { claimsIssuer } from '../packets/signatures';
import { openGpg, type Gpg } from '../testing/gpg';
import { DAY, addressOf, makeIdentity, seedOf, type TestIdentity } from '../testing/own-identity';
import { verify } from '../messages/verify-signature';

// gpg makes keys at the real time.
const NOW = Date.now();
/** gpg takes a tenth of a second of a whole processor for each passphrase, and each test several. */
const SLOW = 90_000;
const PASSPHRASE = 'correct horse battery';
const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nFrom the old days.\r\n');

const seed = seedOf(7);
const address = addressOf('alice', seed);

let gpg: Gpg;

beforeAll(() => {
  gpg = openGpg();
});
afterAll(() => gpg.remove());

type Question = { passphrase?: string; now?: number };

function adopt(secretKey: Uint8Array, o: Question = {}): ReturnType<typeof adoptKey> {
  const passphrase = present({ passphrase: o.passphrase });
  return adoptKey({ secretKey, address, onionSeed: seed, now: o.now ?? NOW, ...passphrase });
}

async function adopted(
  secretKey: Uint8Array,
  o: Question = {},
): Promise<Extract<Awaited<ReturnType<typeof adoptKey>>, { outcome: 'adopted' }>['keys']> {
  const answer = await adopt(secretKey, o);
  if (answer.outcome === 'refused') throw new Error(answer.problem);
  return answer.keys;
}

const refused = (problem: string): object => ({ outcome: 'refused', problem });

/** A key pair that gpg made; answers its fingerprint. */
async function gpgKey(
  userId: string,
  algorithm: string,
  o: { passphrase?: string; usage?: string; expires?: string } = {},
): Promise<string> {
  await gpg.run([
    '--passphrase',
    o.passphrase ?? '',
    '--quick-generate-key',
    userId,
    algorithm,
    o.usage ?? 'default',
    o.expires ?? 'never',
  ]);
  const { stdout } = await gpg.run(['--with-colons', '--list-secret-keys', `=${userId}`]);
  return /^fpr:::::::::([0-9A-F]{40}):/m.exec(stdout.toString())?.[1] ?? '';
}

async function exported(
  fingerprint: string,
  o: { passphrase?: string; command?: string; armor?: boolean } = {},
): Promise<Uint8Array> {
  const armor = o.armor === true ? ['--armor'] : [];
  const { stdout } = await gpg.run([
    ...armor,
    '--passphrase',
    o.passphrase ?? '',
    o.command ?? '--export-secret-keys',
    fingerprint,
  ]);
  return new Uint8Array(stdout);
}

describe('a key that GnuPG made', () => {
  it(
    'becomes the key of the address, without its User IDs and what others signed',
    async () => {
      const fingerprint = await gpgKey('Alice Example <alice@example.org>', 'future-default', {
        passphrase: PASSPHRASE,
      });
      const friend = await gpgKey('friend <friend@example.org>', 'ed25519');
      await gpg.run(['--passphrase', PASSPHRASE, '--quick-add-uid', fingerprint, 'Alice at work <alice@example.com>']);
      await gpg.run(['--default-key', friend, '--quick-sign-key', fingerprint]);
      for (const armor of [true, false]) {
        const keys = await adopted(await exported(fingerprint, { passphrase: PASSPHRASE, armor }), {
          passphrase: PASSPHRASE,
        });
        expect(keys.fingerprint).toBe(fingerprint);
        const check = await checkKeyBlock({ block: keys.publicKey, address, now: NOW });
        expect(check).toMatchObject({ outcome: 'certified', fingerprint, certifiedAt: NOW - (NOW % 1000) });
        const [raw] = readKeyBlock(keys.publicKey)!;
        expect(raw!.userIds.map((part) => Buffer.from(part.packet.body).toString())).toEqual([`<${address}>`]);
        // By the key itself and by the onion.
        expect(raw!.userIds[0]!.signatures).toHaveLength(2);
        expect(raw!.subkeys).toHaveLength(1);
        expect(Buffer.from(keys.secretKey).includes('example')).toBe(false);
        expect(Buffer.from(keys.publicKey).includes('example')).toBe(false);
      }
    },
    SLOW,
  );

  it('signs, opens what gpg sealed to it before, and goes back into gpg', async () => {
    const fingerprint = await gpgKey('reader <reader@example.org>', 'future-default');
    // Later than the key, which gpg made a moment ago.
    const now = Date.now() + 1000;
    const keys = await adopted(await exported(fingerprint), { now });
    const { stdout } = await gpg.run(
      [
        '--trust-model',
        'always',
        '--passphrase',
        '',
        '--local-user',
        fingerprint,
        '--recipient',
        fingerprint,
        '--sign',
        '--encrypt',
      ],
      CONTENT,
    );
    const opened = await decrypt({ sealed: new Uint8Array(stdout), secretKey: keys.secretKey });
    expect(opened.outcome === 'decrypted' && Buffer.from(opened.content).toString()).toBe(CONTENT.toString());
    const sealed = await seal({ content: CONTENT, secretKey: keys.secretKey, recipients: [keys.publicKey], now });
    const mine = await decrypt({ sealed, secretKey: keys.secretKey });
    if (mine.outcome !== 'decrypted') throw new Error(mine.reason);
    expect((await verify({ signedMessage: mine.signedMessage, publicKey: keys.publicKey, now })).outcome).toBe('valid');
    await gpg.run(['--import'], armorPublicKey(keys.publicKey));
    const { stdout: listed } = await gpg.run(['--with-colons', '--check-sigs', fingerprint]);
    expect(listed.toString()).toContain(`<${address}>`);
    expect(listed.toString()).not.toMatch(/^sig:-/m);
    const { stdout: plain } = await gpg.run(['--passphrase', '', '--decrypt'], sealed);
    expect(plain.toString()).toBe(CONTENT.toString());
  });

  it('may certify alone and sign with a subkey, which is left behind', async () => {
    const fingerprint = await gpgKey('split <split@example.org>', 'ed25519', { usage: 'cert' });
    await gpg.run(['--passphrase', '', '--quick-add-key', fingerprint, 'ed25519', 'sign', 'never']);
    await gpg.run(['--passphrase', '', '--quick-add-key', fingerprint, 'cv25519', 'encr', 'never']);
    const keys = await adopted(await exported(fingerprint));
    expect(readKeyBlock(keys.publicKey)![0]!.subkeys).toHaveLength(1);
    const sealed = await seal({ content: CONTENT, secretKey: keys.secretKey, recipients: [keys.publicKey], now: NOW });
    expect((await decrypt({ sealed, secretKey: keys.secretKey })).outcome).toBe('decrypted');
  });

  it('ages like any other from then on', async () => {
    const fingerprint = await gpgKey('two <two@example.org>', 'future-default');
    await gpg.run(['--passphrase', '', '--quick-add-key', fingerprint, 'cv25519', 'encr', 'never']);
    const keys = await adopted(await exported(fingerprint));
    expect(readKeyBlock(keys.publicKey)![0]!.subkeys).toHaveLength(2);
    const now = NOW + DAY;
    const rotated = await rotateSubkey({ keys, address, onionSeed: seed, now });
    const checked = await checkKeyBlock({ block: rotated.keys.publicKey, address, now });
    if (checked.outcome !== 'certified') throw new Error(checked.reason);
    const { subkey } = await readOwnKey({ keys: rotated.keys, address });
    expect(readKeyBlock(checked.publicKey)![0]!.subkeys).toHaveLength(1);
    expect(subkey.createdAt).toBeGreaterThan((await readOwnKey({ keys, address })).subkey.createdAt);
    const old = await seal({ content: CONTENT, secretKey: keys.secretKey, recipients: [keys.publicKey], now: NOW });
    expect(
      (await decrypt({ sealed: old, secretKey: rotated.keys.secretKey, retired: [rotated.retired.secretKey] })).outcome,
    ).toBe('decrypted');
  });

  it(
    'is refused with a wrong passphrase, or none',
    async () => {
      const fingerprint = await gpgKey('locked <locked@example.org>', 'future-default', { passphrase: PASSPHRASE });
      const key = await exported(fingerprint, { passphrase: PASSPHRASE });
      expect(await adopt(key)).toEqual(refused('passphrase-needed'));
      expect(await adopt(key, { passphrase: '' })).toEqual(refused('passphrase-needed'));
      expect(await adopt(key, { passphrase: 'incorrect donkey' })).toEqual(refused('passphrase-wrong'));
    },
    SLOW,
  );

  it('is refused without its secret, or with that of its subkeys alone', async () => {
    const fingerprint = await gpgKey('public <public@example.org>', 'future-default');
    expect(await adopt(await exported(fingerprint, { command: '--export' }))).toEqual(refused('no-secret-key'));
    expect(await adopt(await exported(fingerprint, { command: '--export', armor: true }))).toEqual(
      refused('no-secret-key'),
    );
    expect(await adopt(await exported(fingerprint, { command: '--export-secret-subkeys' }))).toEqual(
      refused('no-secret-key'),
    );
  });

  it('is refused when it is of another kind, or cannot encrypt', async () => {
    const rsa = await gpgKey('rsa <rsa@example.org>', 'rsa2048');
    expect(await adopt(await exported(rsa))).toEqual(refused('kind-not-supported'));
    const nist = await gpgKey('nist <nist@example.org>', 'nistp256');
    expect(await adopt(await exported(nist))).toEqual(refused('kind-not-supported'));
    const signing = await gpgKey('signing <signing@example.org>', 'ed25519');
    expect(await adopt(await exported(signing))).toEqual(refused('no-encryption-key'));
    await gpg.run(['--passphrase', '', '--quick-add-key', signing, 'rsa2048', 'encr', 'never']);
    expect(await adopt(await exported(signing))).toEqual(refused('no-encryption-key'));
  });

  it('is refused once expired, or its encryption subkeys are', async () => {
    const short = await gpgKey('short <short@example.org>', 'future-default', { expires: '1d' });
    const key = await exported(short);
    expect((await adopt(key)).outcome).toBe('adopted');
    expect(await adopt(key, { now: NOW + 2 * DAY })).toEqual(refused('expired'));
    await gpg.run(['--passphrase', '', '--quick-set-expire', short, '5d']);
    expect((await adopt(await exported(short), { now: NOW + 2 * DAY })).outcome).toBe('adopted');

    const subkey = await gpgKey('subkey <subkey@example.org>', 'ed25519');
    await gpg.run(['--passphrase', '', '--quick-add-key', subkey, 'cv25519', 'encr', '1d']);
    expect(await adopt(await exported(subkey), { now: NOW + 2 * DAY })).toEqual(refused('no-encryption-key'));
  });

  it('is refused once revoked, as a whole or its encryption subkey', async () => {
    const fingerprint = await gpgKey('over <over@example.org>', 'future-default');
    const revoke = async (...words: string[]): Promise<void> => {
      await gpg.run(
        ['--no-batch', '--passphrase', '', '--command-fd', '0', '--edit-key', fingerprint, ...words, 'save'],
        'y\n0\n\ny\n',
      );
    };
    await revoke('key 1', 'revkey');
    expect(await adopt(await exported(fingerprint))).toEqual(refused('no-encryption-key'));
    await revoke('revkey');
    expect(await adopt(await exported(fingerprint))).toEqual(refused('revoked'));
  });
});

describe('a file with a secret key', () => {
  let bob: TestIdentity;
  let mallory: TestIdentity;

  beforeAll(async () => {
    [bob, mallory] = await Promise.all([makeIdentity('bob', 2, NOW), makeIdentity('mallory', 3, NOW)]);
  });

  it('may be one of ours', async () => {
    const text = await exportSecretKey({ ...bob.keys, passphrase: PASSPHRASE });
    expect((await adopted(Buffer.from(text), { passphrase: PASSPHRASE })).fingerprint).toBe(bob.keys.fingerprint);
  });

  it('may be one of ours after a rotation, without the subkeys that ended', async () => {
    const { keys } = await rotateSubkey({ keys: bob.keys, address: bob.address, onionSeed: bob.seed, now: NOW + DAY });
    const text = await exportSecretKey({ ...keys, passphrase: PASSPHRASE });
    await gpg.run(['--passphrase', PASSPHRASE, '--import'], text);
    const taken = await adopted(Buffer.from(text), { passphrase: PASSPHRASE, now: NOW + DAY });
    expect(readKeyBlock(taken.publicKey)![0]!.subkeys).toHaveLength(1);
    const revoked = await revokeKey({
      keys,
      address: bob.address,
      onionSeed: bob.seed,
      reason: 'retired',
      now: NOW + DAY,
    });
    const gone = await exportSecretKey({ ...revoked, passphrase: PASSPHRASE });
    expect(await adopt(Buffer.from(gone), { passphrase: PASSPHRASE, now: NOW + DAY })).toEqual(refused('revoked'));
  });

  it('is vouched for by the key before, unless that is revoked', async () => {
    const before = (await makeIdentity('alice', 7, NOW)).keys;
    const vouchers = async (previous: typeof before): Promise<number> => {
      const answer = await adoptKey({ secretKey: bob.keys.secretKey, address, onionSeed: seed, now: NOW, previous });
      if (answer.outcome === 'refused') throw new Error(answer.problem);
      const voucher = await openOwnKey({ keys: before, address });
      return readKeyBlock(answer.keys.publicKey)![0]!.userIds[0]!.signatures.filter((each) =>
        claimsIssuer(each, voucher.publicPrimary),
      ).length;
    };
    expect(await vouchers(before)).toBe(1);
    expect(
      await vouchers(await revokeKey({ keys: before, address, onionSeed: seed, reason: 'compromised', now: NOW })),
    ).toBe(0);
  });

  it('is refused when its halves do not belong together', async () => {
    const own = splitPackets(bob.keys.secretKey, 20)!;
    const other = splitPackets(mallory.keys.secretKey, 20)!;
    const [mine, foreign] = [own[0]!.body, other[0]!.body];
    const publicOctets = readKeyBlock(bob.keys.publicKey)![0]!.primary.packet.body.length;
    const swapped = {
      tag: TAG.secretKey,
      body: Buffer.concat([mine.subarray(0, publicOctets), foreign.subarray(publicOctets)]),
    };
    expect(await adopt(joinPackets([swapped, ...own.slice(1)]))).toEqual(refused('unreadable'));
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('Dear Alice, this is not a key.')],
    [
      'an armored nothing',
      Buffer.from('-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n=njUN\n-----END PGP PRIVATE KEY BLOCK-----\n'),
    ],
    ['octets', new Uint8Array(4_096).fill(0xc5)],
    ['a message', joinPackets([{ tag: TAG.literal, body: Uint8Array.of(0x62, 0, 0, 0, 0, 0) }])],
    ['an empty key', joinPackets([{ tag: TAG.secretKey, body: new Uint8Array() }])],
  ])('is refused when it holds %s', async (_, content) => {
    expect((await adopt(content)).outcome).toBe('refused');
  });

  it('is refused wherever it is cut off or an octet is wrong, or is the same key all the same', async () => {
    const { secretKey } = bob.keys;
    for (let at = 0; at < secretKey.length; at += 7) {
      expect((await adopt(secretKey.subarray(0, at))).outcome).toBe('refused');
      const wrong = Uint8Array.from(secretKey);
      wrong[at] = (wrong[at] ?? 0) ^ 0x01;
      const answer = await adopt(wrong);
      if (answer.outcome === 'adopted')
        expect((await checkKeyBlock({ block: answer.keys.publicKey, address, now: NOW })).outcome).toBe('certified');
    }
  });

  it('is refused when it is newer than what other programs read', async () => {
    const made = { userIDs: { email: 'new@example.org' }, format: 'binary', date: new Date(NOW - DAY) } as const;
    const { privateKey: newFormat } = await generateKey({ ...made, type: 'curve25519', config: PROFILE });
    expect(await adopt(newFormat)).toEqual(refused('kind-not-supported'));
    const { privateKey: six } = await generateKey({
      ...made,
      type: 'curve25519',
      config: { ...PROFILE, v6Keys: true },
    });
    expect(await adopt(six)).toEqual(refused('kind-not-supported'));
    const privateKey = await readPrivateKey({ binaryKey: bob.keys.secretKey, config: PROFILE });
    const argon2 = await encryptKey({
      privateKey,
      passphrase: PASSPHRASE,
      config: { ...PROFILE, s2kType: enums.s2k.argon2, aeadProtect: true },
    });
    expect(await adopt(argon2.write(), { passphrase: PASSPHRASE })).toEqual(refused('kind-not-supported'));
  });

  it('is refused from the future, and with the seed of another onion', async () => {
    expect((await adopt(bob.keys.secretKey, { now: NOW - 30 * DAY })).outcome).toBe('refused');
    const wrong = adoptKey({ secretKey: bob.keys.secretKey, address, onionSeed: seedOf(8), now: NOW });
    await expect(wrong).rejects.toMatchObject({ code: 'address-invalid' });
  });
});
