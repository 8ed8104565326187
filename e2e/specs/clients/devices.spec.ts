import { expect, test } from 'playwright/test';
import { makeSampleProfile, sampleEnvironment, type SampleProfile } from '../../harness/people/sample-profile';
import { pictures } from '../../harness/window/gallery';
import { launchApp, type RunningApp } from '../../harness/window/launch-app';

/** Phones and other computers, on the profile of somebody who does not exist. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;

test.beforeAll(async () => {
  sample = await makeSampleProfile(20);
  window = await launchApp({ name: 'devices', profile: sample.profile, env: sampleEnvironment });
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
});

test('a phone gets an onion, a key and a password, shown once as a code and as text', async () => {
  const { page } = window;
  await page.getByTestId('open-settings').click();
  await page.getByTestId('devices-none').scrollIntoViewIfNeeded();
  expect(await pictures(window, { name: 'devices-none' })).toEqual([]);
  await page.getByTestId('devices-add').click();
  await expect(page.getByTestId('device-name')).toHaveValue('My phone');
  expect(await pictures(window, { name: 'devices-add' })).toEqual([]);
  await page.getByTestId('device-add').click();
  const [onion, password, line] = await Promise.all(
    ['device-onion', 'device-password', 'device-key-line'].map((id) => page.getByTestId(id).textContent()),
  );
  expect(onion).toMatch(/^[a-z2-7]{56}\.onion$/);
  expect(line).toMatch(new RegExp(`^${onion!.slice(0, 56)}:descriptor:x25519:[a-z2-7]{52}$`));
  const code = page.getByTestId('device-setup-dialog').getByTestId('address-qr');
  for (const fact of [onion!, password!, line!])
    await expect(code).toHaveAttribute('data-text', new RegExp(fact.replaceAll('.', '\\.')));
  expect(await pictures(window, { name: 'devices-phone' })).toEqual([]);
  await page.getByTestId('device-done').click();
  await page.getByRole('button', { name: 'How to set up My phone' }).click();
  await expect(page.getByTestId('device-onion')).toHaveText(onion!);
  await expect(page.getByText(password!)).toHaveCount(0);
  await expect(page.getByText(line!)).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('another computer gets files to copy, and goes by the keyboard alone', async () => {
  const { page } = window;
  await page.getByTestId('devices-add').click();
  await page.getByTestId('device-kind').click();
  await page.getByRole('option', { name: /computer/ }).click();
  await page.getByTestId('device-add').click();
  const onion = (await page.getByTestId('device-onion').textContent()) ?? '';
  const mbsyncrc = page.getByRole('textbox', { name: 'Contents of ~/.mbsyncrc' });
  await expect(mbsyncrc).toHaveValue(new RegExp(`Host ${onion}`));
  expect(await pictures(window, { name: 'devices-computer' })).toEqual([]);
  await mbsyncrc.scrollIntoViewIfNeeded();
  expect(await pictures(window, { name: 'devices-files' })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('device')).toHaveCount(2);
  expect(await pictures(window, { name: 'devices' })).toEqual([]);
  await page.getByRole('button', { name: 'Remove My laptop' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText('gone at once');
  expect(await pictures(window, { name: 'devices-remove' })).toEqual([]);
  await page.getByRole('button', { name: 'Remove', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('device')).toHaveCount(1);
});
