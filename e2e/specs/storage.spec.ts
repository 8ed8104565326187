import { expect, test } from 'playwright/test';
import { makeSampleProfile, sampleEnvironment, type SampleProfile } from '../harness/people/sample-profile';
import { pictures } from '../harness/window/gallery';
import { launchApp, type RunningApp } from '../harness/window/launch-app';

/** What takes room on the disk, on the profile of somebody who does not exist. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;

test.beforeAll(async () => {
  sample = await makeSampleProfile(300);
  window = await launchApp({ name: 'storage', profile: sample.profile, env: sampleEnvironment });
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
});

test('is told in words, and looks good', async () => {
  const { page } = window;
  await page.getByTestId('open-settings').click();
  await page.getByTestId('storage-requests').scrollIntoViewIfNeeded();
  await expect(page.getByTestId('storage-requests')).toHaveText(/(Nothing|messages?, about .* [KM]B) of \d+ MB/);
  await expect(page.getByTestId('storage-file')).toHaveText(/one file of/);
  await page.getByTestId('storage-file').scrollIntoViewIfNeeded();
  expect(await pictures(window, { name: 'settings-storage' })).toEqual([]);
});

test('is told of another identity when it is chosen', async () => {
  const { page } = window;
  const mail = page.getByTestId('storage-mail');
  const before = await mail.textContent();
  await page.getByTestId('storage-identity').click();
  await page.getByRole('option', { name: 'Work' }).click();
  await expect(mail).not.toHaveText(before ?? '');
  await page.getByTestId('storage-identity').click();
  await page.getByRole('option', { name: 'Private' }).click();
  await expect(mail).toHaveText(before ?? '');
});

test('is freed by the keyboard alone, after a question', async () => {
  const { page } = window;
  const empty = page.getByTestId('storage-free-trash');
  await expect(empty).toHaveAccessibleName(/^Empty: Trash$/);
  await empty.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toContainText('deleted for good');
  expect(await pictures(window, { name: 'settings-storage-question' })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('storage-trash')).not.toHaveText('Nothing');
  await empty.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByTestId('storage-trash')).toHaveText('Nothing');
  await expect(empty).toBeDisabled();
});
