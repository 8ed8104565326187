import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HeadlessNode } from '../harness/people/headless-node';

type Listed = { readonly id: string; readonly subject: string; readonly protection: string };

let alice: HeadlessNode;
let bob: HeadlessNode;
let aliceAddress = '';
let bobAddress = '';
let scratch = '';

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'posthorn-headless-'));
  const { torrc } = inject('tornet');
  [alice, bob] = await Promise.all([
    HeadlessNode.start({ name: 'alice', torrc }),
    HeadlessNode.start({ name: 'bob', torrc }),
  ]);
  [aliceAddress, bobAddress] = await Promise.all([alice.createIdentity('alice'), bob.createIdentity('bob')]);
  await Promise.all([alice.online(aliceAddress), bob.online(bobAddress)]);
});

afterAll(async () => {
  await Promise.all([alice, bob].map((node) => node.stop()));
  for (const node of [alice, bob]) node.remove();
  rmSync(scratch, { recursive: true });
});

test('a message and its attachment go from one command line to the other', async () => {
  const file = join(scratch, 'notes.txt');
  writeFileSync(file, 'three cats\n');
  const sent = await alice.posthorn(
    ['send', '--to', bobAddress, '--subject', 'Grüße', '--attach', file, '--wait'],
    'How are you?\n',
  );
  expect(sent).toMatchObject({ status: 0 });
  expect(sent.stdout).toMatch(/^delivered /u);

  const [request] = (await bob.json(['list', 'requests'])) as Listed[];
  expect(request).toMatchObject({ subject: 'Grüße', protection: 'verified' });
  const shown = await bob.posthorn(['show', request!.id]);
  expect(shown.stdout).toContain(`From: ${aliceAddress}`);
  expect(shown.stdout).toContain('How are you?');

  const copy = join(scratch, 'copy.txt');
  expect(await bob.posthorn(['save-attachment', request!.id, '1', copy])).toMatchObject({ status: 0 });
  expect(readFileSync(copy, 'utf8')).toBe('three cats\n');
  const eml = join(scratch, 'message.eml');
  expect(await bob.posthorn(['save-eml', request!.id, eml])).toMatchObject({ status: 0 });
  expect(readFileSync(eml, 'latin1')).toContain('multipart/encrypted');
});

test('an accepted stranger’s next message is in the inbox', async () => {
  const [request] = (await bob.json(['list', 'requests'])) as Listed[];
  expect(await bob.posthorn(['requests', 'accept', request!.id])).toMatchObject({ status: 0 });
  expect(
    (await alice.posthorn(['send', '--to', bobAddress, '--subject', 'Again', '--wait'], 'Hello again\n')).status,
  ).toBe(0);
  const inbox = (await bob.json(['list', 'inbox'])) as Listed[];
  expect(inbox.map(({ subject }) => subject)).toEqual(['Again', 'Grüße']);
});

test('the socket and the profile are the owner’s alone', () => {
  expect(statSync(join(alice.profile, 'control.sock')).mode & 0o777).toBe(0o600);
  expect(statSync(alice.profile).mode & 0o777).toBe(0o700);
});

test('wrong commands and a second start are told in a sentence', async () => {
  expect(await alice.posthorn(['fly'])).toMatchObject({ status: 2, stdout: '' });
  expect(await alice.posthorn(['send', '--to', 'nobody@example.com'], 'Hello')).toMatchObject({ status: 1 });
  await expect(HeadlessNode.start({ name: 'second', profile: alice.profile })).rejects.toThrow(/posthorn: /u);
});

test('mail is there after a restart, and a wrong passphrase opens nothing', async () => {
  const { profile } = alice;
  expect(await alice.stop()).toBe(0);
  expect(await alice.posthorn(['status'])).toMatchObject({ status: 3 });
  const again = await HeadlessNode.start({ name: 'again', profile, torrc: inject('tornet').torrc });
  const sent = (await again.json(['list', 'sent'])) as Listed[];
  expect(sent.map(({ subject }) => subject)).toEqual(['Again', 'Grüße']);
  expect(await again.stop()).toBe(0);
  again.remove();
  await expect(HeadlessNode.start({ name: 'guess', profile, passphrase: 'not this one' })).rejects.toThrow(
    /not the passphrase/u,
  );
});
