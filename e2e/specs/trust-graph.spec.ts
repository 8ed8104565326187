import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityProblems } from '../harness/window/accessibility';
import { firstRun, unlockProfile } from '../harness/people/first-run';
import { focused } from '../harness/window/keyboard';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import type { TrustProfile } from '../harness/people/trust-profile';
import { makeTrustProfile } from '../harness/people/trust-profile';
import { openTrustWindow } from '../harness/window/trust-window';

/** The web of trust of somebody who knows sixty people, whose keys and certifications are real. */
test.describe.configure({ mode: 'serial' });

const PEOPLE = 60;
const CONTACTS = 40;

let web: TrustProfile;
let window: RunningApp;

test.beforeAll(async () => {
  web = await makeTrustProfile({ people: PEOPLE, contacts: CONTACTS });
  window = await openTrustWindow(web);
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await window.close();
  window.remove();
  web.remove();
});

const canvas = () => window.page.getByTestId('trust-canvas');
const panel = () => window.page.getByTestId('trust-person');
const picture = () => window.page.getByTestId('trust-picture');
const chosen = () => canvas().getAttribute('data-chosen');

/** The colours on the canvas, as many different ones as there are. */
const colours = () =>
  canvas().evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data =
      (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ??
      new Uint8ClampedArray();
    return new Set(new Uint32Array(data.buffer)).size;
  });

/** A small picture of the canvas, to tell whether it has changed. */
const look = () => canvas().evaluate((element) => (element as HTMLCanvasElement).toDataURL());

test('everybody is drawn', async () => {
  await expect(window.page.getByTestId('trust-count')).toHaveText(`${String(PEOPLE)} people around you`);
  expect(await canvas().getAttribute('data-drawn')).toBe(String(PEOPLE + 1));
  await expect.poll(colours).toBeGreaterThan(20);
  await expect(window.page.getByTestId('trust-legend')).toContainText('Verified by you');
  expect(await accessibilityProblems(window.page)).toEqual([]);
});

test('a person is found, and the path to them is lit and said', async () => {
  const { page } = window;
  await page.getByTestId('trust-search').fill('p0020');
  await page.getByTestId('trust-found').first().waitFor();
  await page.getByTestId('trust-search').press('Enter');
  await expect(panel().getByTestId('trust-person-path')).toContainText(/^You → .+ → /u);
  await expect(panel().getByTestId('trust-person-standing')).toContainText('Introduced by');
  await expect(page.getByTestId('trust-announcement')).toHaveText(/^Lit: You, then .+, then /u);
  expect(await chosen()).toMatch(/^p0020@/u);
  expect(await accessibilityProblems(page)).toEqual([]);
  const before = await look();
  await page.getByTestId('trust-person-close').click();
  await expect(panel()).toHaveCount(0);
  expect(await focused(page)).toBe('trust-picture');
  await expect.poll(look).not.toBe(before);
});

test('the keyboard goes from person to person, opens and goes back', async () => {
  const { page } = window;
  await picture().focus();
  await page.keyboard.press('Enter');
  expect(await chosen()).toMatch(/^nora@/u);
  const seen = new Set([await chosen()]);
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowLeft', 'ArrowDown', 'ArrowDown']) {
    await page.keyboard.press(key);
    seen.add(await chosen());
  }
  expect(seen.size).toBeGreaterThan(3);
  await expect(picture().getByRole('option')).toContainText(/: (verified by you|introduced)/u);
  await page.keyboard.press('Escape');
  expect(await chosen()).toBeNull();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  const name = await panel().getByRole('heading', { level: 2 }).innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('contacts-page')).toBeVisible();
  await expect(page.getByTestId('contacts-page').getByRole('heading', { name }).first()).toBeVisible();
  await page.getByTestId('open-trust').click();
  await canvas().and(page.locator('[data-drawn]')).waitFor();
});

test('wheel, keys and dragging move the picture, and 0 brings it back', async () => {
  const { page } = window;
  await picture().focus();
  await expect.poll(colours).toBeGreaterThan(20);
  const fitted = await look();
  const moves: readonly (() => Promise<void>)[] = [
    () => page.mouse.wheel(0, -400),
    () => page.keyboard.press('+'),
    () => page.keyboard.press('Shift+ArrowLeft'),
    drag,
  ];
  const box = (await canvas().boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  for (const move of moves) {
    const before = await look();
    await move();
    await expect.poll(look).not.toBe(before);
  }
  await page.mouse.move(1, 1);
  await page.keyboard.press('0');
  await expect.poll(look).toBe(fitted);
});

async function drag(): Promise<void> {
  const { page } = window;
  const box = (await canvas().boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 380, box.y + 120, { steps: 4 });
  await page.mouse.up();
}

test('who is not believed can be left out', async () => {
  const { page } = window;
  await page.getByTestId('trust-unbelieved').uncheck();
  await expect.poll(async () => Number(await canvas().getAttribute('data-drawn'))).toBeLessThan(PEOPLE);
  await page.getByTestId('trust-unbelieved').check();
  await expect(canvas()).toHaveAttribute('data-drawn', String(PEOPLE + 1));
});

test('the list says all of it in words', async () => {
  const { page } = window;
  await page.getByTestId('trust-as-list').click();
  const list = page.getByTestId('trust-list');
  await expect(list).toHaveAttribute('aria-rowcount', String(PEOPLE + 2));
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(list.locator('[aria-selected="true"]')).toContainText('Verified by you');
  await page.keyboard.press('End');
  await expect(list.locator('[aria-selected="true"]')).toContainText('Not believed');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByTestId('trust-search').fill('p0030');
  await expect(page.getByTestId('trust-row')).toHaveCount(1);
  await expect(page.getByTestId('trust-row')).toContainText('You → ');
  await page.getByTestId('trust-search').fill('');
  await page.getByTestId('trust-as-picture').click();
});

test('the saved SVG is one and has every name, after a word about that', async () => {
  const { page } = window;
  await page.getByTestId('trust-export').click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('names from your address book');
  await question.getByRole('button', { name: 'Save as SVG' }).click();
  await page.getByTestId('toast').filter({ hasText: 'Picture saved' }).waitFor();
  const svg = readFileSync(join(window.saveDirectory, 'nora-web-of-trust.svg'), 'utf8');
  const { root, broken, texts } = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      root: parsed.documentElement.tagName,
      broken: parsed.querySelector('parsererror') !== null,
      texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
    };
  }, svg);
  expect({ root, broken, count: texts.length }).toEqual({ root: 'svg', broken: false, count: PEOPLE + 1 });
  for (const name of ['You', ...web.names]) expect(texts).toContain(name);
});

test('somebody who knows nobody is told how to begin', async () => {
  const alone = await launchApp({ name: 'alone' });
  try {
    await firstRun(alone.page, { localPart: 'alone' });
    await alone.page.getByTestId('open-contacts').click();
    await alone.page.getByTestId('add-contact').click();
    await alone.page.getByTestId('add-contact-address').fill(web.someone);
    await alone.page.getByTestId('add-contact-confirm').click();
    await alone.page.getByTestId('open-trust').click();
    await expect(alone.page.getByTestId('trust-empty')).toContainText('Scan somebody’s code');
    expect(await accessibilityProblems(alone.page)).toEqual([]);
  } finally {
    await alone.close();
    alone.remove();
  }
});

test('a desktop with a screen reader gets the list first', async () => {
  await window.close();
  window = await launchApp({ name: 'read', profile: web.profile });
  await window.app.evaluate(({ app }) => app.setAccessibilitySupportEnabled(true));
  await unlockProfile(window.page);
  await window.page.getByTestId('open-contacts').click();
  await window.page.getByTestId('open-trust').click();
  await window.page.getByTestId('trust-list').waitFor();
});
