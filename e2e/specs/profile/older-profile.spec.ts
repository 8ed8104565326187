import { expect, test } from 'playwright/test';
import type { Page } from 'playwright';
import { samplePassphrase } from '../../../scripts/sample-profile.mjs';
import { makeSampleProfile, type SampleProfile } from '../../harness/people/sample-profile';
import { coreProcesses } from '../../harness/process/core-processes';
import { pictures } from '../../harness/window/gallery';
import { launchApp, type RunningApp } from '../../harness/window/launch-app';

/** A profile that an older version kept, with mail enough that bringing it up to date is seen. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;

test.beforeAll(async () => {
  sample = await makeSampleProfile(1_500, { older: true });
  window = await launchApp({ name: 'older', profile: sample.profile, env: { POSTHORN_TOR: 'none' } });
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
});

type Seen = { readonly isSeen: Promise<void> };

/** Has `act` run as soon as the page shows a percentage above none; `isSeen` resolves behind it. */
async function onceSeen(page: Page, act: () => void): Promise<Seen> {
  let tell: () => void = () => undefined;
  const isSeen = new Promise<void>((resolve) => (tell = resolve)).then(act);
  await page.exposeFunction('upgradeSeen', () => tell());
  await page.evaluate(() => {
    const look = (): void => {
      const shown = document.querySelector('[data-testid="upgrade"]')?.textContent ?? '';
      if (/: [1-9]\d* %/u.test(shown)) (globalThis as unknown as { upgradeSeen: () => void }).upgradeSeen();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return { isSeen };
}

async function unlock(page: Page): Promise<void> {
  await page.getByTestId('unlock-passphrase').fill(samplePassphrase);
  await page.getByTestId('unlock').click();
}

test('says how far it is, and looks good', async () => {
  const { page } = window;
  await page.getByTestId('unlock-form').waitFor();
  const [core] = coreProcesses(window.app.process().pid);
  if (core === undefined) throw new Error('The core is not running');
  const { isSeen } = await onceSeen(page, () => void process.kill(core, 'SIGSTOP'));
  await unlock(page);
  await isSeen;
  await expect(page.getByTestId('upgrade')).toContainText(/Your mail is being brought up to date: \d+ %/u);
  await expect(page.getByRole('progressbar')).toHaveAccessibleName('Your mail is being brought up to date');
  expect(await pictures(window, { name: 'older-profile' })).toEqual([]);
  process.kill(core, 'SIGKILL');
});

test('has lost nothing when it is killed in the middle, and goes on', async () => {
  const { page } = window;
  await page.getByTestId('unlock-form').waitFor();
  await unlock(page);
  await expect(page.getByTestId('thread-row').first()).toBeVisible();
  await page.getByTestId('folder-inbox').click();
  await expect(page.getByTestId('thread-row').first()).toBeVisible();
});
