import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HeadlessNode } from '../harness/people/headless-node';

type Trusted = {
  readonly address: string;
  readonly fingerprint?: string;
  readonly standing: { readonly kind: string };
};

let alice: HeadlessNode;
let others: HeadlessNode;
let bob = '';
let carol = '';
let scratch = '';

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'posthorn-trust-'));
  const { torrc } = inject('tornet');
  [alice, others] = await Promise.all([
    HeadlessNode.start({ name: 'alice', torrc }),
    HeadlessNode.start({ name: 'others', torrc }),
  ]);
  const own = await alice.createIdentity('alice');
  [bob, carol] = [await others.createIdentity('bob'), await others.createIdentity('carol')];
  await Promise.all([alice.online(own), others.online(bob), others.online(carol)]);
});

afterAll(async () => {
  await Promise.all([alice, others].map((node) => node.stop()));
  for (const node of [alice, others]) node.remove();
  rmSync(scratch, { recursive: true });
});

async function verified(address: string): Promise<Trusted> {
  await alice.json(['contacts', 'add', address]);
  const fetched = (await alice.json(['contacts', 'fetch-key', address])) as Trusted;
  return (await alice.json(['verify', address, fetched.fingerprint ?? ''])) as Trusted;
}

test('verify two people, name one an introducer, and introduce them', async () => {
  expect((await verified(bob)).standing.kind).toBe('verified');
  expect((await verified(carol)).standing.kind).toBe('verified');
  expect((await alice.posthorn(['trust', 'introducer', bob, '--depth', '2'])).stdout).toContain(
    'introducer (depth 2, full)',
  );
  expect((await alice.posthorn(['introduce', bob, carol, '--note', 'Hello, both'])).status).toBe(0);
  const shown = await alice.posthorn(['trust', 'show', bob]);
  expect(shown.stdout).toMatch(/ {2}you {2}positive {2}.* {2}private {2}as introducer$/mu);
});

test('a wrong fingerprint is refused, and a short one a wrong command line', async () => {
  expect(await alice.posthorn(['verify', bob, '0'.repeat(40)])).toMatchObject({ status: 1 });
  expect(await alice.posthorn(['verify', bob, '0123 4567'])).toMatchObject({ status: 2 });
});

test('GnuPG believes what it is given', async () => {
  const [keys, trust] = [join(scratch, 'keys.asc'), join(scratch, 'trust.txt')];
  expect((await alice.posthorn(['keys', 'export-gnupg', keys, trust])).status).toBe(0);
  const gpg = (...args: readonly string[]): string =>
    execFileSync('gpg', ['--homedir', scratch, '--batch', '--quiet', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  gpg('--import-options', 'import-local-sigs', '--import', keys);
  gpg('--import-ownertrust', trust);
  gpg('--check-trustdb');
  expect(gpg('--with-colons', '--list-keys', bob)).toMatch(/^uid:[fu]:.*bob@/mu);
  expect(readFileSync(keys, 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
});

test('keys go out to a file and in again', async () => {
  const file = join(scratch, 'all.asc');
  expect((await alice.posthorn(['keys', 'export', file])).stdout).toContain('2 keys written');
  expect((await others.posthorn(['keys', 'import', file, '--identity', 'bob'])).status).toBe(0);
});

test('take it back', async () => {
  expect((await alice.posthorn(['trust', 'take-back', bob])).stdout).toContain('not verified');
});
