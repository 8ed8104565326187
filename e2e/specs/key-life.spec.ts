import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityProblems } from '../harness/window/accessibility';
import { firstRun, shownAddress, testPassphrase } from '../harness/people/first-run';
import { focused, tabTo } from '../harness/window/keyboard';
import { pictures } from '../harness/window/gallery';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';

/** The key of an identity from its page: nothing of it needs the network. */
test.describe.configure({ mode: 'serial' });

let nora: RunningApp;
let address: string;

test.beforeAll(async () => {
  nora = await launchApp({ name: 'nora' });
  address = await firstRun(nora.page, { localPart: 'nora' });
  await nora.page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await nora.close();
  nora.remove();
});

const page = () => nora.page;
const fact = (testId: string) => page().getByTestId(testId);

const fingerprint = async (): Promise<string> =>
  (await page().getByTestId('key-page').getByTestId('fingerprint').innerText()).replace(/\s+/gu, '');

async function openKeyPage(): Promise<void> {
  await page().getByTestId('identity-details').click();
  await page().getByTestId('identity-tab-key').click();
  await page().getByTestId('key-page').waitFor();
}

async function expectNoProblem(): Promise<void> {
  expect(await accessibilityProblems(page())).toEqual([]);
}

test('renews the key and changes its encryption key by the keyboard alone', async () => {
  const { keyboard } = page();
  await tabTo(page(), 'identity-details');
  await keyboard.press('Enter');
  await page().getByTestId('identity-sheet').waitFor();
  await tabTo(page(), 'identity-tab-address');
  await keyboard.press('ArrowRight');
  await page().getByTestId('key-page').waitFor();
  expect(await focused(page())).toBe('identity-tab-key');
  await tabTo(page(), 'renew-key');
  await keyboard.press('Enter');
  await page().getByTestId('renew-dialog').waitFor();
  await tabTo(page(), 'renew-lasting');
  await keyboard.press('Enter');
  // Shown, the list takes the focus a moment later; keys before that go elsewhere.
  await expect(page().getByRole('option', { name: 'Two years' })).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(page().getByRole('option', { name: 'One year' })).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page(), 'renew-confirm');
  await keyboard.press('Enter');
  await page().getByTestId('renew-dialog').waitFor({ state: 'detached' });
  await expect(fact('key-expiry')).toContainText(yearIn(1));
  // The focus is where it was, and the page goes on from there.
  await expect.poll(() => focused(page())).toBe('renew-key');
  await tabTo(page(), 'rotate-subkey');
  await keyboard.press('Enter');
  await expect(page().getByTestId('retired-keys')).toContainText('1 old key');
  await expectNoProblem();
});

test('ages keys by the policy, and asks before it destroys any', async () => {
  await page().getByTestId('key-rotation').click();
  await page().getByRole('option', { name: 'Never' }).click();
  await expect(fact('key-subkey')).toContainText('does not change by itself');
  await expect(page().getByTestId('key-keeping-words')).toContainText('can always be opened');
  await page().getByTestId('key-keeping').click();
  await page().getByRole('option', { name: 'Destroy after 3 months' }).click();
  await expect(page().getByTestId('key-keeping-words')).toContainText('can never be opened');
  await page().getByTestId('retired-keys').locator('summary').click();
  await expect(page().getByTestId('retired-key')).toContainText('destroyed on');
  await page().getByTestId('show-vouchers').click();
  await expect(page().getByTestId('show-vouchers')).toHaveAttribute('aria-checked', 'true');
  await expectNoProblem();
});

test('replaces the key under the same address', async () => {
  const before = await fingerprint();
  await page().getByTestId('replace-key').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('your old key signs for the new one');
  await expectNoProblem();
  await page().getByTestId('confirm-button').click();
  await page().getByTestId('confirm-dialog').waitFor({ state: 'detached' });
  await expect.poll(fingerprint).not.toBe(before);
  await expect(page().getByTestId('retired-keys')).toContainText('old keys');
  await page().getByTestId('identity-tab-address').click();
  expect(await shownAddress(page())).toBe(address);
  await page().keyboard.press('Escape');
});

test('makes a key of GnuPG its own, after a plain word', async () => {
  const secret = gnupgKey(nora.saveDirectory, 'default');
  await openKeyPage();
  await page().getByTestId('import-own-key').click();
  await expect(page().getByTestId('import-own-dialog')).toContainText('This links you.');
  await expect(page().getByTestId('import-own-file')).toHaveCount(0);
  await expectNoProblem();
  await page().getByTestId('import-understood').click();
  await page().getByTestId('import-own-confirm').click();
  await expect(page().getByText('Choose the file with your secret key.')).toBeVisible();

  const text = join(nora.saveDirectory, 'letter.asc');
  writeFileSync(text, 'Dear Nora,\n');
  await chooseKey(text);
  await expect(page().getByTestId('import-problem')).toContainText('no OpenPGP key');
  await chooseKey(gnupgKey(nora.saveDirectory, 'rsa2048').path);
  await expect(page().getByTestId('import-problem')).toContainText('cannot use this kind of key');
  await expectNoProblem();

  await chooseKey(secret.path);
  await expect(page().getByText('This key is locked.')).toBeVisible();
  await page().getByTestId('import-own-passphrase').fill('not this');
  await page().getByTestId('import-own-confirm').click();
  await expect(page().getByText('That is not the passphrase of this key.')).toBeVisible();
  await page().getByTestId('import-own-passphrase').fill(testPassphrase);
  await page().getByTestId('import-own-confirm').click();
  await page().getByTestId('import-own-dialog').waitFor({ state: 'detached' });
  await expect.poll(fingerprint).toBe(secret.fingerprint);
});

test('revokes the key only when the address is repeated', async () => {
  await page().getByTestId('revoke-key').click();
  await page().getByTestId('revoke-address').fill(address.slice(0, -7));
  await expect(page().getByTestId('confirm-button')).toHaveAttribute('aria-disabled', 'true');
  await page().getByTestId('revoke-address').fill(address);
  await expectNoProblem();
  await page().getByTestId('confirm-button').click();
  await page().getByTestId('key-revoked').waitFor();
  await expect(page().getByTestId('rotate-subkey')).toHaveAttribute('aria-disabled', 'true');
  await page().getByTestId('key-revoked').getByRole('button').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('verify you again');
  await page().getByTestId('confirm-button').click();
  await page().getByTestId('key-revoked').waitFor({ state: 'detached' });
});

test('shows the paper key when asked to, and a new computer has the address from it', async () => {
  await page().getByTestId('paper-key').click();
  await page().getByTestId('paper-key-dialog').waitFor();
  await expect(page().getByTestId('paper-key-words')).toHaveCount(0);
  await page().getByTestId('paper-key-show').click();
  const listed = page().getByTestId('paper-key-words').locator('li');
  await expect(listed).toHaveCount(24);
  const words = await listed.allInnerTexts();
  await expect(page().getByTestId('printed-paper-key')).toBeHidden();
  await page().emulateMedia({ media: 'print' });
  await expect(page().getByTestId('printed-paper-key')).toBeVisible();
  await expect(page().getByTestId('main-window')).toBeHidden();
  await page().emulateMedia({ media: null });
  await page().getByTestId('paper-key-print').click();
  // Two pages would be one too many.
  await expect.poll(() => pagesOf(join(nora.saveDirectory, 'posthorn.pdf'))).toBe(1);
  await expectNoProblem();
  await page().getByTestId('paper-key-hide').click();
  await expect(page().getByTestId('paper-key-words')).toHaveCount(0);

  const other = await launchApp({ name: 'paper' });
  await restoreFromPaper(other, words);
  await other.close();
  other.remove();
});

async function restoreFromPaper(other: RunningApp, words: readonly string[]): Promise<void> {
  await other.page.getByTestId('restore-paper').click();
  await other.page.getByTestId('new-passphrase').fill(testPassphrase);
  await other.page.getByTestId('repeat-passphrase').fill(testPassphrase);
  await other.page.getByTestId('create-profile').click();
  const field = other.page.getByTestId('paper-words');
  await field.fill(`${words.slice(0, 3).join(' ')} posthorn `);
  await expect(other.page.getByText('Word 4, “posthorn”, is in no paper key.')).toBeVisible();
  await field.fill(words.slice(0, 7).join(' '));
  await expect(other.page.getByText('7 of 24 words.')).toBeVisible();
  await other.page.getByTestId('identity-local-part').fill('nora');
  await field.fill([...words.slice(1), words[0]].join(' '));
  await other.page.getByTestId('restore-paper-confirm').click();
  await expect(other.page.getByText('These are not the 24 words of a paper key.')).toBeVisible();
  expect(await pictures(other, { name: 'restore-paper' })).toEqual([]);
  await field.fill(words.map((word, index) => `${String(index + 1)}. ${word.toUpperCase()}`).join('\n'));
  await other.page.getByTestId('restore-paper-confirm').click();
  await other.page.getByTestId('welcome-address').waitFor();
  expect(await shownAddress(other.page)).toBe(address);
}

test('tells contacts of a move to another identity', async () => {
  await page().keyboard.press('Escape');
  await page().keyboard.press('Escape');
  await page().getByTestId('open-contacts').click();
  await page().getByTestId('add-contact').click();
  await page().getByTestId('add-contact-address').fill(address.replace('nora@', 'friend@'));
  await page().getByTestId('add-contact-confirm').click();
  await page().getByTestId('add-contact-dialog').waitFor({ state: 'detached' });
  await page().getByTestId('new-identity').click();
  await page().getByTestId('identity-local-part').fill('club');
  await page().getByTestId('create-identity').click();
  await page().getByTestId('identity-sheet').waitFor();
  await page().keyboard.press('Escape');
  await page().keyboard.press('Control+1');
  await openKeyPage();
  await page().getByTestId('announce-move').click();
  await expect(page().getByTestId('move-dialog')).toContainText('links your two addresses');
  await expect(page().getByTestId('move-confirm')).toHaveAttribute('aria-disabled', 'true');
  await page().getByTestId('move-contact').check();
  expect(await pictures(nora, { name: 'move-identity-chosen' })).toEqual([]);
  await page().getByTestId('move-confirm').click();
  await expect(page().getByText('1 person is being told')).toBeVisible();
});

async function chooseKey(path: string): Promise<void> {
  await page().getByTestId('import-own-file-input').setInputFiles(path);
  await page().getByTestId('import-own-confirm').click();
}

/** A fresh key of GnuPG's, exported with the passphrase of the tests. */
function gnupgKey(
  folder: string,
  algorithm: 'default' | 'rsa2048',
): { readonly path: string; readonly fingerprint: string } {
  const home = join(folder, `gnupg-${algorithm}`);
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...args: readonly string[]): string =>
    execFileSync(
      'gpg',
      ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', testPassphrase, ...args],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  const kind = algorithm === 'default' ? 'future-default' : algorithm;
  gpg('--quick-generate-key', 'nora@example.org', kind, 'default', 'never');
  const path = join(folder, `${algorithm}.asc`);
  writeFileSync(path, gpg('--armor', '--export-secret-keys'));
  const line = gpg('--list-keys', '--with-colons')
    .split('\n')
    .find((one) => one.startsWith('fpr:'));
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  return { path, fingerprint: line?.split(':')[9] ?? '' };
}

/** How many pages a PDF file has; 0 while there is none. */
const pagesOf = (path: string): number =>
  existsSync(path) ? (readFileSync(path, 'latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0) : 0;

/** The year so many years from today. */
function yearIn(years: number): string {
  const day = new Date();
  day.setFullYear(day.getFullYear() + years);
  return String(day.getFullYear());
}
