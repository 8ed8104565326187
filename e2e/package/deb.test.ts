import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DebuggedWindow } from '../harness/window/debugged-window';
import { electronArguments } from '../harness/window/electron-program';
import { firstRun } from '../harness/people/first-run';
import { HeadlessNode } from '../harness/people/headless-node';
import { processTree, programOf, stillRunning } from '../harness/process/process-tree';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';
import { installPackage, type InstalledPackage } from './installed-package';

const profile = temporaryFolder('packaged');
let installed: InstalledPackage;
let bob: HeadlessNode;
let bobAddress = '';
let window: DebuggedWindow;
let aliceAddress = '';

beforeAll(async () => {
  const { torrc } = inject('tornet');
  installed = await installPackage();
  bob = await HeadlessNode.start({ name: 'bob', torrc });
  bobAddress = await bob.createIdentity('bob');
  window = await DebuggedWindow.start({
    executable: installed.command,
    args: [...electronArguments(), '--profile', profile.path],
    env: { POSTHORN_TEST_TORRC: JSON.stringify(torrc) },
  });
});

afterAll(async () => {
  // First what certainly runs: the window may not have come up.
  await bob.stop();
  bob.remove();
  await window.kill();
  profile.remove();
  installed.remove();
});

test('the package says what it is and brings what a desktop shows', async () => {
  const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { version: string };
  expect(await installed.field('Version')).toBe(version);
  expect(await installed.field('Depends')).toContain('libgtk-3-0');
  const entry = readFileSync(join(installed.root, 'usr/share/applications/posthorn-test.desktop'), 'utf8');
  expect(entry).toContain('Exec=posthorn-test');
  expect(existsSync(join(installed.root, 'usr/share/icons/hicolor/256x256/apps/posthorn-test.png'))).toBe(true);
  // Chromium's sandbox where the system has no user namespaces.
  expect(statSync(join(installed.program, 'chrome-sandbox')).mode & 0o7777).toBe(0o4755);
});

test('the fuses are as configured', async () => {
  const wire = await getCurrentFuseWire(join(installed.program, 'posthorn-test'));
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.OnlyLoadAppFromAsar];
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  // The wire holds the characters 0 and 1.
  expect(on.map((fuse) => String.fromCharCode(Number(wire[fuse])))).toEqual(on.map(() => '1'));
  expect(off.map((fuse) => String.fromCharCode(Number(wire[fuse])))).toEqual(off.map(() => '0'));
});

test('it starts the tor that came with it, and makes a first identity', async () => {
  aliceAddress = await firstRun(window.page, { localPart: 'alice' });
  const programs = processTree(window.pid).map(programOf);
  expect(programs.filter((program) => program?.endsWith('/tor'))).toEqual([
    join(installed.program, 'resources/tor/tor'),
  ]);
});

test('mail goes from the package to another Posthorn', async () => {
  await bob.online(bobAddress);
  await writeMail(window.page, { to: [bobAddress], subject: 'From the package', text: 'Unpacked and sent.\n' });
  await openFolder(window.page, 'sent');
  await openMessage(window.page, 'From the package');
  await window.page.locator('[data-testid="delivery-status"][data-state="delivered"]').waitFor();
  expect(await bob.json(['list', 'requests'])).toMatchObject([
    { subject: 'From the package', from: aliceAddress, protection: 'verified' },
  ]);
});

test('and an answer comes back', async () => {
  const sent = await bob.posthorn(
    ['send', '--to', aliceAddress, '--subject', 'To the package', '--wait'],
    'It arrived.\n',
  );
  expect(sent).toMatchObject({ status: 0 });
  await openFolder(window.page, 'inbox');
  await openMessage(window.page, 'To the package');
  await expect.poll(() => window.page.getByTestId('message-text').first().innerText()).toContain('It arrived.');
});

test('quitting ends everything it started', async () => {
  const everything = processTree(window.pid);
  expect(everything.length).toBeGreaterThan(3);
  expect(await window.close()).toBe(0);
  // Chromium's children see the end of their parent a moment after it.
  await expect.poll(() => stillRunning(everything, installed.root)).toEqual([]);
});
