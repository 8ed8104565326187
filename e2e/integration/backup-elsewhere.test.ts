import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testPassphrase } from '../harness/people/first-run';
import { HeadlessNode } from '../harness/people/headless-node';

type Listed = { readonly subject: string };

const word = 'a word for the backup';

let scratch = '';
let file = '';
let alice: HeadlessNode;
let second: HeadlessNode;
let bob: HeadlessNode;
let aliceAddress = '';

/** The line by which a program tells how an address can be reached. */
const reachability = (address: string, state: string): RegExp =>
  new RegExp(`"address":"${address.replaceAll('.', '\\.')}".*"reachability":"${state}"`, 'u');

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'posthorn-elsewhere-'));
  file = join(scratch, 'alice.age');
  const { torrc } = inject('tornet');
  [alice, second, bob] = await Promise.all([
    HeadlessNode.start({ name: 'alice', torrc }),
    HeadlessNode.start({ name: 'second', torrc, empty: true }),
    HeadlessNode.start({ name: 'bob', torrc }),
  ]);
  const [address, bobAddress] = await Promise.all([alice.createIdentity('alice'), bob.createIdentity('bob')]);
  aliceAddress = address;
  await Promise.all([alice.online(aliceAddress), bob.online(bobAddress)]);
});

afterAll(async () => {
  await Promise.all([alice, second, bob].map((node) => node.stop()));
  for (const node of [alice, second, bob]) node.remove();
  rmSync(scratch, { recursive: true });
});

async function send(subject: string): Promise<void> {
  expect(await bob.posthorn(['send', '--to', aliceAddress, '--subject', subject, '--wait'], 'Hello\n')).toMatchObject({
    status: 0,
  });
}

async function requests(node: HeadlessNode): Promise<string[]> {
  return ((await node.json(['list', 'requests'])) as Listed[]).map(({ subject }) => subject);
}

test('a backup is written and tested from the command line', async () => {
  await send('Before');
  expect(await alice.posthorn(['backup', file], `${word}\n`)).toMatchObject({ status: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const tested = await alice.posthorn(['test-backup', file], `${word}\n`);
  expect(tested).toMatchObject({ status: 0 });
  expect(tested.stdout).toContain(`${aliceAddress}  1 messages, `);
  expect(await alice.posthorn(['test-backup', file], 'another\n')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('not the passphrase') as string,
  });
  const damaged = readFileSync(file);
  damaged[damaged.length - 1_000]! ^= 1;
  writeFileSync(join(scratch, 'damaged.age'), damaged);
  expect(await alice.posthorn(['test-backup', join(scratch, 'damaged.age')], `${word}\n`)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('damaged') as string,
  });
  // A file that is there is never written over.
  expect(await alice.posthorn(['backup', file], `${word}\n`)).toMatchObject({ status: 2 });
});

test('restored while the first still runs, the copy finds it and stays off the network', async () => {
  expect(await second.posthorn(['restore', file], `${word}\n${testPassphrase}\n`)).toMatchObject({ status: 0 });
  await second.stdout.line(reachability(aliceAddress, 'elsewhere'));
  expect(await requests(second)).toEqual(['Before']);
  await send('Meanwhile');
  expect(await requests(alice)).toEqual(['Meanwhile', 'Before']);
  expect(await requests(second)).toEqual(['Before']);
});

test('when the first is stopped, the copy takes over and receives', async () => {
  expect(await alice.stop()).toBe(0);
  await second.json(['identity', 'take-over']);
  await second.stdout.line(reachability(aliceAddress, 'online'));
  await send('After');
  expect(await requests(second)).toEqual(['After', 'Before']);
});

test('the paper key is printed as 24 words', async () => {
  const { words } = (await second.json(['paper-key'])) as { readonly words: readonly string[] };
  expect(words).toHaveLength(24);
  expect((await second.posthorn(['paper-key'])).stdout).toContain(`${aliceAddress}\n 1. ${words[0]!}\n`);
});
