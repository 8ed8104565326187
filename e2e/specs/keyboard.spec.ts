import { expect, test } from 'playwright/test';
import { shownAddress, testPassphrase } from '../harness/people/first-run';
import { focused, focusedPane, tabOrder, tabTo } from '../harness/window/keyboard';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import { lockedWindow } from '../harness/window/locked-window';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';

/** A life without a mouse: only keys, from the first passphrase to the last folder. */
test.describe.configure({ mode: 'serial' });

let window: RunningApp;
let friend: Person;
let address: string;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [window, friend] = await Promise.all([
    launchApp({ name: 'keys', torrc }),
    Person.start({ name: 'friend', torrc, localParts: ['friend'] }),
  ]);
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await Promise.all([window.close(), friend.end()]);
  window.remove();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await window.page.keyboard.press(key);
};
const type = (text: string): Promise<void> => window.page.keyboard.insertText(text);
const title = () => window.page.getByTestId('list-title');

async function expectVisibleFocus(): Promise<void> {
  const order = await tabOrder(window.page);
  expect(order.length).toBeGreaterThan(3);
  expect(order.filter(({ visible }) => !visible)).toEqual([]);
}

test('the first run', async () => {
  const { page } = window;
  await page.getByTestId('welcome-passphrase-form').waitFor();
  expect(await focused(page)).toBe('new-passphrase');
  await type(testPassphrase);
  await tabTo(page, 'repeat-passphrase');
  await type(testPassphrase);
  await press('Enter');
  await page.getByTestId('welcome-identity-form').waitFor();
  expect(await focused(page)).toBe('identity-local-part');
  await type('keys');
  await press('Enter');
  await page.getByTestId('welcome-address').waitFor();
  address = await shownAddress(page);
  await tabTo(page, 'welcome-done');
  await press('Enter');
  await page.getByTestId('main-window').waitFor();
  await page.locator('[data-testid="identity-item"][data-reachability="online"]').waitFor();
});

test('a contact, and a message to them', async () => {
  const { page } = window;
  await press('g', 'c');
  await page.getByTestId('contacts-page').waitFor();
  await tabTo(page, 'add-contact');
  await press('Enter');
  await page.getByTestId('add-contact-dialog').waitFor();
  expect(await focused(page)).toBe('add-contact-address');
  await type(friend.identity.address);
  await tabTo(page, 'add-contact-name');
  await type('Friend');
  await press('Enter');
  await page.getByTestId('add-contact-dialog').waitFor({ state: 'detached' });
  await page.getByTestId('contact-row').waitFor();
  await expectVisibleFocus();
  await press('Escape', 'c');
  await page.getByTestId('composer').waitFor();
  expect(await focused(page)).toBe('compose-to');
  await type('Fri');
  await page.getByTestId('recipient-suggestion').waitFor();
  await press('Enter');
  await tabTo(page, 'compose-subject');
  await type('Without a mouse');
  await tabTo(page, 'compose-text');
  await type('Every letter of it.');
  await expectVisibleFocus();
  await tabTo(page, 'compose-text');
  await press('F6');
  await expect.poll(() => focusedPane(page)).toBe('rail');
  await press('Shift+F6');
  await expect.poll(() => focused(page)).toBe('compose-text');
  await press('Control+Enter');
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await friend.received('Without a mouse');
});

test('reading, answering and archiving', async () => {
  const { page } = window;
  for (const subject of ['First', 'Second', 'Third'])
    await friend.send({ from: friend.identity, to: address, subject, text: `${subject} letter.\n` });
  await press('g', 'i');
  await page.getByTestId('thread-row').nth(2).waitFor();
  await expect.poll(() => focused(page)).toBe('thread-list');
  await press('Home', 'j', 'Enter');
  await expect(page.getByTestId('reader-subject')).toHaveText('Second');
  await expect.poll(() => focusedPane(page)).toBe('reader');
  await expectVisibleFocus();
  await press('r');
  await page.getByTestId('composer').waitFor();
  await expect.poll(() => focused(page)).toBe('compose-text');
  await type('Gladly.');
  await press('Control+Enter');
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await friend.received('Re: Second');
  await press('Escape');
  await expect.poll(() => focused(page)).toBe('thread-list');
  await press('e');
  await expect(page.getByTestId('thread-row')).toHaveCount(2);
  await press('Home', 'Shift+ArrowDown', '#');
  await expect(page.getByTestId('thread-row')).toHaveCount(0);
  await expect.poll(() => focusedPane(page)).toBe('list');
});

test('folders, search and panes', async () => {
  const { page } = window;
  for (const [key, name] of [
    ['r', 'Requests'],
    ['d', 'Drafts'],
    ['o', 'Outbox'],
    ['s', 'Sent'],
    ['t', 'Trash'],
    ['a', 'Archive'],
  ] as const) {
    await press('g', key);
    await expect(title()).toContainText(name);
  }
  await page.getByTestId('thread-row').waitFor();
  const panes: (string | undefined)[] = [];
  for (const expected of ['reader', 'rail', 'list']) {
    await press('F6');
    await expect.poll(() => focusedPane(page)).toBe(expected);
    panes.push(await focusedPane(page));
  }
  await press('Shift+F6');
  await expect.poll(() => focusedPane(page)).toBe('rail');
  await press('/');
  await expect.poll(() => focused(page)).toBe('search');
  await type('Gladly');
  await expect(page.getByTestId('thread-row')).toHaveCount(1);
  await press('Escape');
  await expect(title()).toContainText('Archive');
});

test('a draft closes with Escape from its title bar too', async () => {
  const { page } = window;
  await press('c');
  await page.getByTestId('composer').waitFor();
  await tabTo(page, 'composer-size', { key: 'Shift+Tab' });
  await press('Escape');
  await page.getByTestId('composer').waitFor({ state: 'detached' });
});

test('identities, settings, Tor and the sheet of keys', async () => {
  const { page } = window;
  await tabTo(page, 'new-identity');
  await press('Enter');
  await page.getByTestId('new-identity-page').waitFor();
  await tabTo(page, 'identity-local-part');
  await type('other');
  await press('Enter');
  await page.getByTestId('identity-sheet').waitFor();
  await expectVisibleFocus();
  await press('Escape');
  await page.getByTestId('identity-sheet').waitFor({ state: 'detached' });
  await expect(title()).toContainText('other');
  await press('Control+1');
  await expect(title()).toContainText('keys');
  await press('Control+,');
  await page.getByTestId('settings-page').waitFor();
  await expectVisibleFocus();
  await press('Escape');
  await tabTo(page, 'tor-status');
  await press('Enter');
  await page.getByTestId('tor-details').waitFor();
  await press('Escape');
  await press('?');
  await page.getByTestId('shortcut-sheet').waitFor();
  await press('Escape');
  await page.getByTestId('shortcut-sheet').waitFor({ state: 'detached' });
  window = await lockedWindow(window, () => press('Control+l'));
  expect(await focused(window.page)).toBe('unlock-passphrase');
  await type(testPassphrase);
  await press('Enter');
  await window.page.getByTestId('main-window').waitFor();
  window = await lockedWindow(window, () => press('Control+Shift+L'));
  await expect(window.page.getByRole('heading', { name: 'Posthorn is locked' })).toBeVisible();
  await type(testPassphrase);
  await press('Enter');
  await window.page.getByTestId('main-window').waitFor();
  await press('Control+q');
  await window.page.getByTestId('quit-dialog').waitFor();
  await press('Escape');
  await window.page.getByTestId('quit-dialog').waitFor({ state: 'detached' });
});
