import { expect, test } from 'playwright/test';
import { BrowserWindow } from '../harness/window/browser-window';
import { firstRun, unlockProfile } from '../harness/people/first-run';
import { hostileHtml } from '../harness/process/hostile-html';
import { Stranger } from '../harness/people/stranger';
import { tornetLines } from '../harness/tor/tornet-lines';
import { reachable } from '../harness/window/window-person';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';

/** The window in the newest engine there is, so that what it breaks is known before Electron has it. */
test.describe.configure({ mode: 'serial' });

let alice: BrowserWindow;
let address: string;

test.beforeAll(async () => {
  alice = await BrowserWindow.start({ name: 'browser', torrc: tornetLines() });
});
/**
 * The page's policy refuses handlers already while the sanitiser takes a hostile letter apart, and says so whenever
 * that letter is opened.
 */
const isOfSanitiser = (text: string): boolean => text.startsWith('Executing inline event handler');

test.afterAll(() => alice.close());
test.afterEach(() => {
  expect(alice.complaints.filter((text) => !isOfSanitiser(text))).toEqual([]);
  expect(alice.foreign).toEqual([]);
});

test('the engine is newer than the one in Electron', () => {
  expect(Number(alice.version.split('.')[0])).toBeGreaterThan(130);
});

test('a first run', async () => {
  address = await firstRun(alice.page, { localPart: 'alice' });
  await reachable(alice.page);
});

/** Attacks that end within themselves, so that one letter holds them all. */
const attacks = [
  'script',
  'event handler',
  'toggle handler',
  'svg with a script',
  'svg with a handler',
  'remote image',
  'background attribute',
  'media and poster',
  'style url',
  'style element',
  'javascript link',
  'form',
  'frames',
  'plug-ins',
  'shadow root',
  'popover and dialog',
].map((name) => hostileHtml[name]!);

test('a hostile letter is listed, and read without harm', async () => {
  const { page } = alice;
  const html = `<p>Dear <b>Alice</b>,</p>${attacks.join('')}<p>the end</p>`;
  const letters = [{ subject: 'It is me' }, { subject: 'You have won', html }];
  const stranger = await Stranger.write(letters, { pid: alice.node.pid!, address });
  expect(await stranger.deliver('It is me')).toMatch(/^250 /u);
  await openFolder(page, 'requests');
  await openMessage(page, 'It is me');
  // Of somebody whom she does not know she would be shown no HTML.
  await page.getByTestId('accept-request').click();
  await openFolder(page, 'inbox');
  expect(await stranger.deliver('You have won')).toMatch(/^250 /u);
  await openMessage(page, 'You have won');
  const letter = page.frameLocator('[data-testid="html-frame"]').locator('body');
  await expect(letter).toContainText('the end');
  await expect(letter.locator('b', { hasText: 'Alice' })).toBeVisible();
  const harmful =
    'script, style, link, meta, iframe, object, embed, form, input, button, svg, math, video, audio, template, dialog, [href], [onerror], [onload], [ontoggle], [background], [popover], img:not([src^="blob:"])[src]';
  await expect(letter.locator(harmful)).toHaveCount(0);
  expect(await page.evaluate(() => Object.hasOwn(window, 'hacked'))).toBe(false);
  await expect.poll(() => alice.complaints.some(isOfSanitiser)).toBe(true);
});

test('the composer', async () => {
  const { page } = alice;
  await writeMail(page, { to: [address], subject: 'Out of a browser', text: 'Hello.' });
  await openFolder(page, 'sent');
  await openMessage(page, 'Out of a browser');
  await expect(page.getByTestId('message-text').first()).toContainText('Hello.');
});

test('lock and unlock', async () => {
  const { page } = alice;
  // A browser has no program that could lock its window alone.
  await page.keyboard.press('Control+Shift+L');
  await page.getByTestId('unlock-form').waitFor();
  await unlockProfile(page);
  await openFolder(page, 'inbox');
  await openMessage(page, 'You have won');
});
