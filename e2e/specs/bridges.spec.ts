import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { firstRun } from '../harness/people/first-run';
import { pictures } from '../harness/window/gallery';
import { launchApp } from '../harness/window/launch-app';
import type { RunningApp } from '../harness/window/launch-app';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { obfs4Program } from '../tornet/obfs4-bridge';

/** Neither window has a network: what is chosen is seen in what tor was told, and in what the window says. */
let plain: RunningApp;
let bundled: RunningApp;
const bundle = temporaryFolder('bundle');
const obfs4 = `obfs4 127.0.0.1:9 ${'A'.repeat(40)} cert=${'b'.repeat(70)} iat-mode=0`;

/** A tor with the transports of a bundle beside it, but for the program that speaks Snowflake. */
function makeBundle(): string {
  const transports = join(bundle.path, 'pluggable_transports');
  mkdirSync(transports);
  const config = {
    recommendedDefault: 'obfs4',
    pluggableTransports: { lyrebird: 'ClientTransportPlugin meek_lite,obfs4,webtunnel exec ${pt_path}lyrebird' },
    bridges: {
      obfs4: [obfs4],
      meek: ['meek_lite 192.0.2.20:80 url=https://meek.example front=www.example.net'],
      snowflake: [`snowflake 192.0.2.3:80 ${'B'.repeat(40)} url=https://broker.example/`],
    },
  };
  writeFileSync(join(transports, 'pt_config.json'), JSON.stringify(config));
  copyFileSync(obfs4Program, join(transports, 'lyrebird'));
  const tor = join(bundle.path, 'tor');
  writeFileSync(tor, `#!/bin/sh\nPATH="$PATH:/usr/sbin" exec tor "$@"\n`, { mode: 0o755 });
  return tor;
}

test.beforeAll(async () => {
  const env = { POSTHORN_TOR: makeBundle() };
  [plain, bundled] = await Promise.all([launchApp({ name: 'plain' }), launchApp({ name: 'bundled', env })]);
  await Promise.all([plain, bundled].map(({ page }) => firstRun(page, { localPart: 'alice' })));
  for (const { page } of [plain, bundled]) await page.getByTestId('open-settings').click();
});
test.afterAll(async () => {
  await Promise.all([plain.close(), bundled.close()]);
  for (const window of [plain, bundled]) window.remove();
  bundle.remove();
});

const choice = ({ page }: RunningApp, name: string) => page.getByTestId(`settings-bridges-${name}`);

test('a bundle’s bridges are chosen, kept, and left again', async () => {
  const { page } = bundled;
  await expect(choice(bundled, 'obfs4')).toBeEnabled();
  await expect(page.getByText('obfs4 (recommended)')).toBeVisible();
  await expect(choice(bundled, 'none')).toBeChecked();
  await choice(bundled, 'obfs4').check();
  await choice(bundled, 'obfs4').scrollIntoViewIfNeeded();
  expect(await pictures(bundled, { name: 'settings-bridges' })).toEqual([]);
  await page.getByTestId('settings-bridges-save').click();
  await expect(page.getByTestId('settings-bridges-now')).toHaveText(/obfs4 bridges that came along/);
  await page.getByTestId('tor-status').click();
  await expect(page.getByTestId('tor-details')).toContainText('Connecting by bridges');
  await page.keyboard.press('Escape');
  await choice(bundled, 'none').check();
  await page.getByTestId('settings-bridges-save').click();
  await expect(page.getByTestId('settings-bridges-now')).toHaveText('Connecting directly');
});

test('own lines are checked before they are saved', async () => {
  const { page } = bundled;
  await choice(bundled, 'own').check();
  await page.getByTestId('settings-bridges').fill(`${obfs4}\nobfs4 192.0.2.1:443`);
  await page.getByTestId('settings-bridges-save').click();
  await expect(page.getByText("Line 2 lacks the bridge's fingerprint.")).toBeVisible();
  await page.getByTestId('settings-bridges-save').scrollIntoViewIfNeeded();
  expect(await pictures(bundled, { name: 'settings-own-bridges' })).toEqual([]);
  await page.getByTestId('settings-bridges').fill(`Bridge ${obfs4}`);
  await page.getByTestId('settings-bridges-save').click();
  await expect(page.getByTestId('settings-bridges-now')).toHaveText('Connecting by 1 bridge of your own');
});

test('what a tor cannot go by says what is missing, and cannot be chosen', async () => {
  const { page } = plain;
  await expect(choice(plain, 'obfs4')).toBeDisabled();
  await expect(page.getByText(/No obfs4 bridge came along with this tor/)).toBeVisible();
  await expect(choice(bundled, 'webtunnel')).toBeDisabled();
  await expect(bundled.page.getByText(/Handed out one by one/)).toBeVisible();
  await page.getByTestId('about-tor').scrollIntoViewIfNeeded();
  expect(await pictures(plain, { name: 'settings-no-bridges' })).toEqual([]);
});

test('says which tor it is and how it was checked, without a path', async () => {
  const sentence = /^the system's tor [\d.]+, not checked by Posthorn$/;
  await expect(plain.page.getByTestId('about-tor')).toHaveText(sentence);
  await expect(bundled.page.getByTestId('about-tor')).toHaveText(/that POSTHORN_TOR names, not checked by Posthorn$/);
});
