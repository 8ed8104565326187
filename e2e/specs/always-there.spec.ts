import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JSHandle } from 'playwright';
import { expect, test } from 'playwright/test';
import { testPassphrase, unlockProfile } from '../harness/people/first-run';
import { Person } from '../harness/people/person';
import { openFolder, openMessage } from '../harness/people/write-mail';
import { tracesInMemory } from '../harness/process/find-traces';
import { patienceMs } from '../harness/process/patience';
import { processTree, programOf, stillRunning } from '../harness/process/process-tree';
import { tornetLines } from '../harness/tor/tornet-lines';
import { electronArguments, electronProgram } from '../harness/window/electron-program';
import type { RunningApp, RunningProgram } from '../harness/window/launch-app';
import { launchApp, launchProgram } from '../harness/window/launch-app';
import { lockedWindow } from '../harness/window/locked-window';
import { ownDisplay } from '../harness/window/own-display';
import { reachable } from '../harness/window/window-person';
import { firstRun } from '../harness/people/first-run';

/** One window through a day, on a desktop without a tray: closed, opened by a second start, locked, quit. */
test.describe.configure({ mode: 'serial' });

let alice: RunningApp;
let notices: JSHandle<string[]>;
let bob: Person;
let address: string;

/** A desktop of the test's own: no session bus, so no tray, and its own folder for what starts at login. */
const desktop = (folder: string): Record<string, string> => ({
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
  XDG_CONFIG_HOME: join(folder, 'config'),
});

test.beforeAll(async () => {
  const torrc = tornetLines();
  bob = await Person.start({ name: 'bob', torrc, localParts: ['bob'] });
  alice = await launchApp({ name: 'alice', torrc, env: desktop(bob.node.profile) });
  notices = await noticesOf(alice);
  address = await firstRun(alice.page, { localPart: 'alice' });
  await reachable(alice.page);
});
test.afterAll(async () => {
  await Promise.all([alice.close(), bob.end()]);
  alice.remove();
});

/** This desktop has nobody who shows notifications: what they would be given is written down. */
const noticesOf = (program: RunningProgram) =>
  program.app.evaluateHandle(({ Notification }) => {
    const shown: string[] = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: { readonly body: string }) {
      shown.push(this.body);
    };
    return shown;
  });

/** Closes the window as the desktop does when its cross is clicked. */
const closeWindow = () => alice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

const isSeen = (program: RunningProgram) =>
  program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));

const pageProcess = () =>
  alice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

/** Starts the program once more with the same profile; it ends when the first one has heard of it. */
async function startAgain(program: RunningProgram, ...more: readonly string[]): Promise<void> {
  const second = spawnSync(
    await electronProgram(),
    [...electronArguments(), resolve('.'), '--profile', program.profile, ...more],
    { encoding: 'utf8', env: { ...process.env, ...ownDisplay() } },
  );
  expect(second.status).toBe(0);
}

const sendFromBob = (subject: string) =>
  bob.send({ from: bob.identity, to: address, subject, text: `About ${subject}.` });

async function acceptBob(): Promise<void> {
  await openFolder(alice.page, 'requests');
  await openMessage(alice.page, 'Hello from Bob');
  await alice.page.getByTestId('accept-request').click();
  await openFolder(alice.page, 'inbox');
  await alice.page.getByTestId('thread-row').filter({ hasText: 'Hello from Bob' }).waitFor();
}

test('starting at login is a file, written and removed', async () => {
  const { page } = alice;
  const folder = join(desktop(bob.node.profile)['XDG_CONFIG_HOME']!, 'autostart');
  await page.keyboard.press('Control+,');
  await page.getByTestId('settings-start-at-login').click();
  await expect(page.getByTestId('settings-start-at-login')).toHaveAttribute('data-state', 'checked');
  const [name] = readdirSync(folder);
  const entry = readFileSync(join(folder, name!), 'utf8');
  expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/u);
  expect(entry).toContain(`Exec="${await electronProgram()}"`);
  expect(entry).toContain(`"--hidden" "--profile" "${alice.profile}"`);
  await page.getByTestId('settings-start-at-login').click();
  await expect(page.getByTestId('settings-start-at-login')).toHaveAttribute('data-state', 'unchecked');
  expect(existsSync(join(folder, name!))).toBe(false);
});

test('closing the window says that nothing is to be seen, hides it, and mail arrives', async () => {
  await sendFromBob('Hello from Bob');
  await acceptBob();
  await closeWindow();
  const notice = alice.page.getByTestId('closing-dialog');
  await expect(notice).toContainText('Mail goes on arriving');
  await expect(notice).toContainText('This desktop shows no tray');
  await alice.page.getByTestId('closing-hide').click();
  await expect.poll(() => isSeen(alice)).toBe(false);
  await sendFromBob('While it was closed');
  await expect.poll(() => notices.jsonValue()).toContain('One new message');
});

test('a start at login opens no window, and a second start does', async () => {
  await startAgain(alice, '--hidden');
  expect(await isSeen(alice)).toBe(false);
  await startAgain(alice);
  await expect.poll(() => isSeen(alice)).toBe(true);
  await alice.page.getByTestId('thread-row').filter({ hasText: 'While it was closed' }).waitFor();
  // Told once.
  await closeWindow();
  await expect.poll(() => isSeen(alice)).toBe(false);
  await startAgain(alice);
  await expect.poll(() => isSeen(alice)).toBe(true);
});

test('a locked window knows nothing: its process has ended, and the new one was told a number', async () => {
  await openMessage(alice.page, 'While it was closed');
  await expect(alice.page.getByTestId('message-text').first()).toContainText('About While it was closed.');
  await alice.page.getByTestId('compose').click();
  await alice.page.getByTestId('compose-subject').fill('Half a thought');
  const former = await pageProcess();
  alice = await lockedWindow(alice, () => alice.page.keyboard.press('Control+l'));
  await expect.poll(() => existsSync(`/proc/${String(former)}`)).toBe(false);
  await sendFromBob('Behind the lock');
  await expect(alice.page.getByTestId('arrived-count')).toHaveText('One new message since it was locked.');
  await closeWindow();
  await expect.poll(() => isSeen(alice)).toBe(false);
  await sendFromBob('Behind the lock, unseen');
  await expect.poll(() => notices.jsonValue()).toContain('There is new mail');
  await startAgain(alice);
  await expect(alice.page.getByTestId('arrived-count')).toHaveText('2 new messages since it was locked.');
  const now = await pageProcess();
  expect(now).not.toBe(former);
  const secrets = ['Behind the lock', 'While it was closed', 'Half a thought', bob.identity.address];
  expect(tracesInMemory(now, secrets)).toEqual([]);
  expect((await notices.jsonValue()).join()).not.toMatch(/lock|closed|bob/iu);
});

test('the core refuses a locked window, whatever its page asks', async () => {
  const codes = await alice.page.evaluate(async () => {
    const bridge = (window as unknown as { posthorn: { call(method: string, params: unknown): Promise<unknown> } })
      .posthorn;
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', ({ ports }) => ports[0] && resolve(ports[0]), { once: true });
      void bridge.call('core.connect', {});
    });
    const replies: string[] = [];
    const calls = ['identities.list', 'settings.get', 'profile.state'];
    await new Promise<void>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<{ kind: string; error?: { code: string } }>) => {
        if (data.kind === 'event') return;
        replies.push(data.error?.code ?? data.kind);
        if (replies.length === calls.length) resolve();
      };
      calls.forEach((method, id) => port.postMessage({ kind: 'call', id, method, params: {} }));
    });
    // That port was the page's own; it is given another.
    await bridge.call('core.connect', {});
    return replies;
  });
  expect(codes).toEqual(expect.arrayContaining(['result', 'window-locked', 'window-locked']));
});

test('the passphrase opens it, what came is there, and what was being written', async () => {
  const { page } = alice;
  await page.getByTestId('unlock-passphrase').fill('not this one');
  await page.getByTestId('unlock').click();
  await expect(page.getByText('That passphrase is not right.')).toBeVisible();
  await unlockProfile(page, testPassphrase);
  await openFolder(page, 'inbox');
  await openMessage(page, 'Behind the lock');
  await openFolder(page, 'drafts');
  await page.getByTestId('thread-row').filter({ hasText: 'Half a thought' }).waitFor();
});

test('locking everything ends the page, too, and says that nothing arrives', async () => {
  const former = await pageProcess();
  alice = await lockedWindow(alice, () => alice.page.keyboard.press('Control+Shift+L'));
  await expect(alice.page.getByText('nothing is sent or received')).toBeVisible();
  await expect.poll(() => existsSync(`/proc/${String(former)}`)).toBe(false);
  await unlockProfile(alice.page, testPassphrase);
});

test('quitting says what ends, and leaves nothing behind', async () => {
  const { page } = alice;
  await closeWindow();
  await startAgain(alice);
  await page.keyboard.press('Control+q');
  await expect(page.getByTestId('quit-dialog')).toContainText('No mail arrives until you start it again');
  await page.getByTestId('quit-cancel').click();
  await page.getByTestId('quit-dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+q');
  const everything = processTree(alice.app.process().pid ?? 0);
  expect(everything.length).toBeGreaterThan(3);
  const closed = alice.app.waitForEvent('close');
  await page.getByTestId('quit-confirm').click();
  await closed;
  await expect.poll(() => stillRunning(everything, '/')).toEqual([]);
});

test('a start at login is hidden and locked, and a second start opens its window', async () => {
  const hidden = await launchProgram({
    name: 'hidden',
    profile: alice.profile,
    args: ['--hidden'],
    torrc: tornetLines(),
    env: desktop(bob.node.profile),
  });
  try {
    // Its tor is started when everything else is.
    const programs = () => processTree(hidden.app.process().pid ?? 0).map(programOf);
    await expect
      .poll(() => programs().some((program) => program?.endsWith('/tor')), { timeout: patienceMs })
      .toBe(true);
    expect(hidden.app.windows()).toHaveLength(0);
    const opened = hidden.app.waitForEvent('window');
    await startAgain(hidden);
    const page = await opened;
    await unlockProfile(page, testPassphrase);
    await page.getByTestId('thread-row').filter({ hasText: 'Behind the lock, unseen' }).waitFor();
  } finally {
    await hidden.close();
    hidden.remove();
  }
});
