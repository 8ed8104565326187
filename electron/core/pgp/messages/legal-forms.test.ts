import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenpgpEngine } from '../openpgp-engine';
import { openGpg, type Gpg } from '../testing/gpg';
import { makeIdentity, type TestIdentity } from '../testing/own-identity';

/** What PROTOCOL.md 5 says of forms of OpenPGP that other programs write, walked with those programs. */
const SQ = '/usr/bin/sq';
const NOW = Date.now();
const PASSPHRASE = 'correct horse';
const pgp = createOpenpgpEngine();
const CRLF = 'Content-Type: text/plain; charset=utf-8\r\n\r\nGr\u00fc\u00dfe.  \r\n\r\n-- \r\nBob\r\n';
const LF = CRLF.replaceAll('\r\n', '\n');

let gpg: Gpg;
let alice: TestIdentity;
let bob: TestIdentity;
let carol: TestIdentity;

beforeAll(async () => {
  gpg = openGpg();
  [alice, bob, carol] = await Promise.all([
    makeIdentity('alice', 1, NOW),
    makeIdentity('bob', 2, NOW),
    makeIdentity('carol', 3, NOW),
  ]);
  await gpg.run(['--import'], await pgp.armorPublicKey(bob.keys.publicKey));
  for (const { keys } of [alice, carol])
    await gpg.run(
      ['--passphrase', PASSPHRASE, '--import'],
      await pgp.exportSecretKey({ ...keys, passphrase: PASSPHRASE }),
    );
});
afterAll(() => gpg.remove());

/** Sealed to Bob, signed by Alice unless other options say so. */
async function byGpg(
  content: string,
  options: readonly string[],
  o: { signers?: TestIdentity[] } = {},
): Promise<Buffer> {
  const signers = (o.signers ?? [alice]).flatMap(({ keys }) => ['--local-user', keys.fingerprint]);
  const fixed = ['--passphrase', PASSPHRASE, '--trust-model', 'always', '--recipient', bob.keys.fingerprint];
  const { stdout } = await gpg.run([...fixed, ...signers, ...options, '--sign', '--encrypt'], Buffer.from(content));
  return stdout;
}

async function read(sealed: Uint8Array): Promise<string | { content: string }> {
  const opened = await pgp.decrypt({ sealed, secretKey: bob.keys.secretKey, retired: [] });
  if (opened.outcome === 'refused') return opened.reason;
  const { signedMessage, content } = opened;
  const check = await pgp.verify({ signedMessage, publicKey: alice.keys.publicKey, now: Date.now() });
  return check.outcome === 'valid' ? { content: Buffer.from(content).toString() } : check.reason;
}

describe('what gpg may write and is taken', () => {
  it.each<[string, readonly string[]]>([
    ['armored', ['--armor']],
    ['binary', []],
    ['a signature over text', ['--textmode']],
    ['text with the name of a file', ['--textmode', '--set-filename', 'letter.txt']],
    ['a literal with the name of a file', ['--set-filename', 'letter.txt']],
    ['a literal for the eyes only', ['--for-your-eyes-only']],
    ['ZIP', ['--compress-algo', 'ZIP']],
    ['ZLIB', ['--compress-algo', 'ZLIB', '--compress-level', '9']],
    ['no compression', ['--compress-algo', 'none']],
    ['a signature with SHA-256', ['--digest-algo', 'SHA256']],
    ['a signature with SHA-384', ['--digest-algo', 'SHA384', '--textmode']],
    ['a signature with SHA-512', ['--digest-algo', 'SHA512']],
    ['AES-128', ['--cipher-algo', 'AES']],
    ['AES-192', ['--cipher-algo', 'AES192']],
    ['a recipient who is not named', ['--throw-keyids']],
    ['a notation and a policy that are not critical', ['--sig-notation', 'a@example.org=b', '--sig-policy-url', 'x:y']],
    ['the forms of RFC 4880', ['--rfc4880']],
    ['the forms of OpenPGP', ['--openpgp']],
    ['a comment and a version in the armor', ['--armor', '--comment', 'Hello', '--emit-version']],
  ])('%s', async (_what, options) => {
    expect(await read(await byGpg(CRLF, options))).toEqual({ content: CRLF });
  });

  it('text with the line ends of its machine, which are CR LF on the wire', async () => {
    expect(await read(await byGpg(LF, ['--textmode']))).toEqual({ content: CRLF });
  });

  it.each(['no end of line', '', ' \t', 'a\rb'])('text that ends with «%s»', async (end) => {
    expect(await read(await byGpg(CRLF + end, ['--textmode']))).toEqual({ content: CRLF + end });
  });

  it.each([
    ['first', () => [alice, carol]],
    ['last', () => [carol, alice]],
  ] as const)('several signatures, the sender’s %s', async (_place, signers) => {
    expect(await read(await byGpg(CRLF, [], { signers: signers() }))).toEqual({ content: CRLF });
    expect(await read(await byGpg(CRLF, ['--textmode'], { signers: signers() }))).toEqual({ content: CRLF });
  });

  it('a large text in pieces, compressed', async () => {
    const large = CRLF + 'Again and again and again.\r\n'.repeat(20_000);
    expect(await read(await byGpg(large, ['--textmode']))).toEqual({ content: large });
  });
});

describe('what is refused, as PROTOCOL.md 5 lists it', () => {
  it.each<[string, readonly string[], string]>([
    ['BZip2', ['--compress-algo', 'BZIP2'], 'malformed'],
    ['SHA-1', ['--digest-algo', 'SHA1', '--allow-weak-digest-algos'], 'weak-hash'],
    ['SHA-224', ['--digest-algo', 'SHA224'], 'weak-hash'],
    ['Camellia', ['--cipher-algo', 'CAMELLIA256'], 'not-for-this-key'],
    ['Twofish', ['--cipher-algo', 'TWOFISH'], 'not-for-this-key'],
    ['a passphrase beside the key', ['--symmetric'], 'malformed'],
    ['a notation that is critical', ['--sig-notation', '!a@example.org=b'], 'bad-signature'],
  ])('%s', async (_what, options, reason) => {
    expect(await read(await byGpg(CRLF, options))).toBe(reason);
  });

  it('a signature by somebody else alone, and none at all', async () => {
    expect(await read(await byGpg(CRLF, [], { signers: [carol] }))).toBe('wrong-key');
    const fixed = ['--trust-model', 'always', '--recipient', bob.keys.fingerprint];
    const { stdout } = await gpg.run([...fixed, '--encrypt'], Buffer.from(CRLF));
    expect(await read(stdout)).toBe('not-signed');
  });
});

// Debian's sq; the list above is complete without it.
describe.skipIf(!existsSync(SQ))('what Sequoia writes', () => {
  it.each([
    ['none', { content: CRLF }],
    ['pad', { content: CRLF }],
    ['zip', { content: CRLF }],
    ['zlib', { content: CRLF }],
    ['bzip2', 'malformed'],
  ])('with compression «%s»', async (compression, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'ph-sq-'));
    try {
      const path = (name: string): string => join(folder, name);
      writeFileSync(path('message'), CRLF);
      writeFileSync(path('bob'), await pgp.armorPublicKey(bob.keys.publicKey));
      writeFileSync(path('alice'), alice.keys.secretKey);
      const keys = ['--recipient-cert', path('bob'), '--signer-key', path('alice')];
      const options = ['--compression', compression, '--output', path('out')];
      execFileSync(SQ, ['encrypt', ...keys, ...options, path('message')], { stdio: 'pipe' });
      expect(await read(readFileSync(path('out')))).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
