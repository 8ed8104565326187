import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { PrivateBus } from '../harness/desktop/private-bus';
import { privateBus } from '../harness/desktop/private-bus';
import { Panel } from '../harness/desktop/panel';
import { firstRun, testPassphrase, unlockProfile } from '../harness/people/first-run';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';

/** A desktop whose panel shows icons, on a session bus of its own; without any network. */
test.describe.configure({ mode: 'serial' });

let bus: PrivateBus;
let panel: Panel;
let window: RunningApp;

test.beforeAll(async () => {
  bus = await privateBus();
  window = await launchApp({ name: 'tray', env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
  await firstRun(window.page, { localPart: 'alice' });
});
test.afterAll(async () => {
  await window.close();
  panel.vanish();
  await bus.stop();
  window.remove();
});

const isSeen = () =>
  window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((each) => each.isVisible()));

test('a panel that appears later than Posthorn gets its icon', async () => {
  panel = await Panel.appear(bus.path);
  expect(await panel.icon()).toMatch(/^:/u);
  await expect.poll(() => panel.tip()).toContain('No unread mail');
  // A panel that is started anew, as desktops do after a fault.
  panel.vanish();
  panel = await Panel.appear(bus.path);
  await expect.poll(() => panel.tip()).toContain('No unread mail');
});

test('closing the window says where Posthorn is, and a click on the icon opens it', async () => {
  const closed = window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect(window.page.getByTestId('closing-dialog')).toContainText('in the tray of your desktop');
  await window.page.getByTestId('closing-hide').click();
  await closed;
  await expect.poll(isSeen).toBe(false);
  await panel.click();
  await expect.poll(isSeen).toBe(true);
});

test('the menu begins a message, locks the window, and asks before it quits', async () => {
  await panel.choose('New message');
  await window.page.getByTestId('composer').waitFor();
  await window.page.getByTestId('compose-subject').fill('Kept by the lock');
  const [page] = await Promise.all([window.app.waitForEvent('window'), panel.choose('Lock the window')]);
  window = { ...window, page };
  await expect(page.getByText('The window is locked')).toBeVisible();
  await panel.choose('New message');
  await unlockProfile(page, testPassphrase);
  await page.getByTestId('composer').waitFor();
  await page.getByTestId('folder-drafts').click();
  await page.getByTestId('thread-row').filter({ hasText: 'Kept by the lock' }).waitFor();
  await panel.choose('Quit Posthorn');
  await expect(page.getByTestId('quit-dialog')).toContainText('No mail arrives');
  await page.getByTestId('quit-cancel').click();
});

test('locking everything is said in the tray', async () => {
  const [page] = await Promise.all([window.app.waitForEvent('window'), panel.choose('Lock everything')]);
  window = { ...window, page };
  await expect(page.getByRole('heading', { name: 'Posthorn is locked' })).toBeVisible();
  await expect.poll(() => panel.tip()).toContain('Locked: no mail arrives');
});

test('who wants no program without a window is asked at its cross, and asked no more', async () => {
  const { page } = window;
  await unlockProfile(page, testPassphrase);
  await page.keyboard.press('Control+,');
  await page.getByTestId('settings-receive-closed').click();
  await expect(page.getByTestId('settings-receive-closed')).toHaveAttribute('data-state', 'unchecked');
  await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await page.getByTestId('quit-quietly').click();
  const closed = window.app.waitForEvent('close');
  await page.getByTestId('quit-confirm').click();
  await closed;
  expect(JSON.parse(readFileSync(join(window.profile, 'desktop.json'), 'utf8'))).toEqual({
    receivesWhenClosed: false,
    closingTold: true,
    asksBeforeQuit: false,
  });
});
