import { expect, test } from 'playwright/test';
import type { SampleProfile } from '../harness/people/sample-profile';
import { makeSampleProfile, sampleEnvironment } from '../harness/people/sample-profile';
import { pictures } from '../harness/window/gallery';
import { focused } from '../harness/window/keyboard';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';

/** Searching by keyboard and pointer, on the mail of a person who does not exist. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;

test.beforeAll(async () => {
  sample = await makeSampleProfile(200);
  window = await launchApp({ name: 'search', profile: sample.profile, env: sampleEnvironment });
  await window.page.getByTestId('thread-row').first().waitFor();
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
});

const field = () => window.page.getByTestId('search');
const rows = () => window.page.getByTestId('thread-row');
const offers = () => window.page.getByTestId('search-suggestion');

/** The words that are painted as hits in the window, and in the frames of HTML. */
const hits = async (): Promise<string[]> => {
  const texts = await Promise.all(
    window.page
      .frames()
      .map((frame) =>
        frame.evaluate(() => [...(CSS.highlights.get('search-hit') ?? [])].map(String)).catch(() => [] as string[]),
      ),
  );
  return texts.flat();
};

test('operators and people are suggested, and taken by keyboard', async () => {
  const { page } = window;
  await page.keyboard.press('Control+k');
  await expect.poll(() => focused(page)).toBe('search');
  await page.keyboard.type('fr');
  await expect(offers().first()).toContainText('from:');
  expect(await pictures(window, { name: 'search-operators' })).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field()).toHaveValue('from:');
  await page.keyboard.type('lena');
  await expect(offers().first()).toContainText('Lena Vogel');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field()).toHaveValue('from:"Lena Vogel" ');
  await expect(page.getByTestId('search-count')).toHaveText(/^\d+ messages?$/u);
  await expect(rows().first()).toContainText('Lena Vogel');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(field()).toHaveValue('');
});

test('hits are marked in the list and in the reader, however they are written', async () => {
  const { page } = window;
  await field().fill('schlussel');
  await expect(page.getByTestId('search-count')).toHaveText(/message/u);
  await expect.poll(async () => new Set(await hits())).toEqual(new Set(['Schlüssel']));
  await rows().first().click();
  await page.getByTestId('conversation').waitFor();
  await expect.poll(async () => (await hits()).length).toBeGreaterThan(1);
  expect(await pictures(window, { name: 'search-hits' })).toEqual([]);
  await page.keyboard.press('Escape');
  await field().press('Escape');
  await expect.poll(hits).toEqual([]);
});

test('a search is saved beside the mailboxes, opened, renamed and deleted', async () => {
  const { page } = window;
  await field().fill('has:attachment in:inbox');
  await page.getByTestId('search-save').click();
  await page.getByTestId('search-name').fill('Files to read');
  await page.getByTestId('search-name-confirm').click();
  const saved = page.getByTestId('saved-search');
  await expect(saved).toContainText('Files to read');
  await field().press('Escape');
  await field().press('Escape');
  await saved.click();
  await expect(field()).toHaveValue('has:attachment in:inbox');
  await expect(rows().first()).toBeVisible();
  expect(await pictures(window, { name: 'search-saved' })).toEqual([]);
  await page.getByTestId('search-kept').click();
  await page.getByTestId('search-rename').click();
  await page.getByTestId('search-name').fill('Files');
  await page.keyboard.press('Enter');
  await expect(saved).toHaveText(/^Files/u);
  await page.getByTestId('search-order').click();
  await page.getByTestId('search-order-best').click();
  await expect(rows().first()).toBeVisible();
  await page.getByTestId('search-kept').click();
  await page.getByTestId('search-delete').click();
  await page.getByRole('button', { name: 'Delete search' }).click();
  await expect(saved).toHaveCount(0);
  await field().press('Escape');
});

test('nothing found says what to try', async () => {
  await field().fill('zeppelin -(is:unread OR');
  await window.page.getByTestId('nothing-found').waitFor();
  expect(await pictures(window, { name: 'search-nothing' })).toEqual([]);
  await field().press('Escape');
});
