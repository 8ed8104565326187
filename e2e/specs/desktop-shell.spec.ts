import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { electronArguments, electronProgram } from '../harness/window/electron-program';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';

let alice: RunningApp;

test.beforeAll(async () => {
  alice = await launchApp({ name: 'alice' });
  await alice.page.getByTestId('welcome-passphrase-form').waitFor();
});
test.afterAll(async () => {
  await alice.close();
  alice.remove();
});

test('the page cannot open windows, fetch, or get a permission', async () => {
  const tried = await alice.page.evaluate(async () => ({
    opened: window.open('https://example.com/') !== null,
    fetched: await fetch('https://example.com/').then(
      () => true,
      () => false,
    ),
    picture: await new Promise((done) => {
      const image = new Image();
      image.onload = () => done(true);
      image.onerror = () => done(false);
      image.src = 'http://127.0.0.1:9/pixel.png';
    }),
    notification: await Notification.requestPermission(),
    location: (await navigator.permissions.query({ name: 'geolocation' })).state,
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
  }));
  expect(tried).toEqual({
    opened: false,
    fetched: false,
    picture: false,
    notification: 'denied',
    location: 'denied',
    node: [],
  });
});

test('every desktop call with garbage is an answer', async () => {
  const refused = await alice.page.evaluate(async () => {
    const bridge = (window as unknown as { posthorn: { call(method: unknown, params: unknown): Promise<unknown> } })
      .posthorn;
    const methods = [
      'app.info',
      'files.save',
      'clipboard.write',
      'window.setTheme',
      'keyring.remember',
      'nothing',
      '__proto__',
      7,
      null,
    ];
    const garbage = [
      undefined,
      null,
      7,
      'text',
      [],
      { more: 1 },
      { text: 5 },
      { theme: 'pink' },
      { suggestedName: '', content: 'x' },
    ];
    const codes: unknown[] = [];
    for (const method of methods) {
      for (const params of garbage) {
        codes.push(
          await bridge.call(method, params).then(
            () => 'accepted',
            (error: unknown) => (error as { code?: unknown }).code,
          ),
        );
      }
    }
    return [...new Set(codes)];
  });
  expect(refused).toEqual(['invalid-call']);
});

test('a fault in the main process opens no box, and the program goes on', async () => {
  await alice.app.evaluate(() => {
    process.nextTick(() => {
      throw new Error('planted');
    });
  });
  await alice.stderr.line(/"event":"main-fault"/u);
  expect(await alice.page.evaluate(() => document.visibilityState)).toBe('visible');
  expect(await alice.app.evaluate(({ app }) => app.getName())).toBe('Posthorn');
});

test('a saved file keeps to its folder whatever its name is', async () => {
  await alice.page.evaluate(() => {
    const bridge = (window as unknown as { posthorn: { call(method: string, params: unknown): Promise<unknown> } })
      .posthorn;
    return bridge.call('files.save', { suggestedName: '../../escape.eml', content: new Uint8Array([104, 105]) });
  });
  expect(readFileSync(join(alice.saveDirectory, 'escape.eml'), 'utf8')).toBe('hi');
});

test('a second start with the same profile says so and ends', async () => {
  const second = spawnSync(
    await electronProgram(),
    [...electronArguments(), resolve('.'), '--profile', alice.profile],
    { encoding: 'utf8' },
  );
  expect(second.status).toBe(0);
  expect(second.stderr).toContain('already open');
});

test('a core that stands still is ended, and the window gets a new one', async () => {
  const [core] = coreProcesses(alice.app.process().pid);
  process.kill(core!, 'SIGSTOP');
  await alice.stderr.line(/"event":"core-stood-still"/u);
  await alice.stderr.line(/"event":"core-died"/u);
  await expect.poll(() => coreProcesses(alice.app.process().pid).filter((pid) => pid !== core).length).toBe(1);
});

test('the window gets a new core when its core is killed', async () => {
  const [core] = coreProcesses(alice.app.process().pid);
  process.kill(core!, 'SIGKILL');
  await alice.stderr.line(/"event":"core-died"/u);
  await alice.page.getByTestId('new-passphrase').fill('correct horse battery staple');
  await alice.page.getByTestId('repeat-passphrase').fill('correct horse battery staple');
  await alice.page.getByTestId('create-profile').click();
  await alice.page.getByTestId('welcome-identity-form').waitFor();
});

/** The last test: Playwright waits for ever for the navigation that was refused. */
test('the page cannot leave', async () => {
  const attempts = await alice.app.evaluateHandle(({ BrowserWindow }) => {
    const refused: boolean[] = [];
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      // The program's own listener was registered before this one and has spoken.
      refused.push(event.defaultPrevented);
    });
    return refused;
  });
  const after = await alice.page.evaluate(() => {
    location.href = 'https://example.com/';
    return new Promise((done) => {
      setTimeout(
        () =>
          done({ url: location.href, form: document.querySelector('[data-testid="welcome-identity-form"]') !== null }),
        0,
      );
    });
  });
  await expect.poll(() => attempts.jsonValue()).toEqual([true]);
  expect(after).toEqual({ url: 'app://posthorn/index.html', form: true });
});

/** Process ids of the utility processes that this program runs its core in. */
function coreProcesses(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => isCoreOf(pid, parent))
    .map(Number);
}

function isCoreOf(pid: string, parent: number | undefined): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return status.includes(`PPid:\t${String(parent)}\n`) && command.includes('node.mojom.NodeService');
  } catch {
    // It ended while we looked.
    return false;
  }
}
