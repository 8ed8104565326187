import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { Gpg } from '../../interop/gpg';
import { makeSampleProfile, sampleEnvironment, type SampleProfile } from '../../harness/people/sample-profile';
import { pictures } from '../../harness/window/gallery';
import { launchApp, type RunningApp } from '../../harness/window/launch-app';

/** People who are hosted, on the profile of somebody who does not exist. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;
let gpg: Gpg;
const folder = mkdtempSync(join(tmpdir(), 'posthorn-guests-'));

test.beforeAll(async () => {
  gpg = Gpg.open();
  sample = await makeSampleProfile(20);
  window = await launchApp({ name: 'guests', profile: sample.profile, env: sampleEnvironment });
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
  await gpg.remove();
  rmSync(folder, { recursive: true });
});

test('a guest is invited, gives their public key, and is shown with what they store', async () => {
  const { page } = window;
  await page.getByTestId('open-settings').click();
  await page.getByTestId('guests-none').scrollIntoViewIfNeeded();
  expect(await pictures(window, { name: 'guests-none' })).toEqual([]);
  await page.getByTestId('guests-add').click();
  await page.getByTestId('guest-add').click();
  await expect(page.getByText('Give them a name.')).toBeVisible();
  await page.getByTestId('guest-name').fill('Gina');
  await page.getByTestId('guest-local-part').fill('gina');
  expect(await pictures(window, { name: 'guests-add' })).toEqual([]);
  await page.getByTestId('guest-add').click();
  const address = (await page.getByTestId('guest-address').textContent()) ?? '';
  expect(address).toMatch(/^gina@[a-z2-7]{56}\.onion$/);
  const password = (await page.getByTestId('guest-password').textContent()) ?? '';
  expect(await pictures(window, { name: 'guests-setup' })).toEqual([]);

  await gpg.run(['--passphrase', '', '--quick-gen-key', address, 'future-default', 'default', '1y']);
  const [publicKey, secretKey] = [join(folder, 'public.asc'), join(folder, 'secret.asc')];
  writeFileSync(publicKey, await gpg.run(['--armor', '--export', address]));
  writeFileSync(secretKey, await gpg.run(['--armor', '--export-secret-keys', address]));
  await page.getByTestId('guest-key-file-input').setInputFiles(secretKey);
  await expect(page.getByText('This is the secret key')).toBeVisible();
  await page.getByTestId('guest-key-file-input').setInputFiles(publicKey);
  await expect(page.getByTestId('guest-key')).toHaveText(/^[0-9A-F]{40}$/);
  await page.getByTestId('guest-done').click();
  await page.getByRole('button', { name: 'How to set up Gina' }).click();
  await expect(page.getByTestId('guest-address')).toHaveText(address);
  await expect(page.getByText(password)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('guest')).toContainText('of 1 GB');
  expect(await pictures(window, { name: 'guests' })).toEqual([]);
});

test('a guest is removed after a question, by the keyboard alone', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Remove Gina' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText('gone for good');
  await page.getByRole('button', { name: 'Remove', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('guests-none')).toBeVisible();
});
