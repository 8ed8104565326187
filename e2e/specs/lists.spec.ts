import { expect, test } from 'playwright/test';
import { openFolder } from '../harness/people/write-mail';
import { pictures } from '../harness/window/gallery';
import { openSampleWindow, type SampleWindow } from '../harness/window/sample-window';

/** A list in other orders and with filters, by mouse and by keyboard, without tor. */
test.describe.configure({ mode: 'serial' });

/**
 * More than a page and more than a step, in the inbox alone; with POSTHORN_CAMPAIGN so many that 10,000 are changed at
 * once.
 */
const MESSAGES = process.env['POSTHORN_CAMPAIGN'] === undefined ? 2_500 : 24_000;

let window: SampleWindow;

test.beforeAll(async () => {
  window = await openSampleWindow({ name: 'lists', messages: MESSAGES });
});
test.afterAll(() => window.end());

const rows = () => window.page.getByTestId('thread-row');
/** Rows of the list, also those that are not on the screen. */
const listed = async () => Number(await window.page.getByTestId('thread-list').getAttribute('aria-rowcount'));
const part = () => window.page.getByTestId('list-part');

async function choose(testId: string): Promise<void> {
  await window.page.getByTestId('list-order').click();
  await window.page.getByTestId(testId).click();
}

/** Subjects of the rows on the screen from the top on, as a list is sorted by them. */
async function subjects(): Promise<string[]> {
  const texts = await rows().evaluateAll((all) =>
    all
      .map((row) => ({
        at: Number(row.getAttribute('aria-rowindex')),
        text: row.querySelector('[data-testid="row-subject"]')?.textContent ?? '',
      }))
      .sort((one, other) => one.at - other.at)
      .map(({ text }) => text),
  );
  return texts.map((text) =>
    text
      .replaceAll(/[\u2066-\u2069]/gu, '')
      .replace(/^(re|fwd): */i, '')
      .toLowerCase(),
  );
}

test('a mailbox is sorted by subject, both ways, and back', async () => {
  await choose('sort-subject-up');
  await expect(part()).toContainText('Subject, A to Z');
  await expect.poll(async () => (await subjects()).length).toBeGreaterThan(5);
  const up = await subjects();
  expect(up).toEqual([...up].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
  expect(await pictures(window, { name: 'sorted-list' })).toEqual([]);
  await choose('sort-subject-down');
  await expect.poll(async () => (await subjects())[0]! > up[0]!).toBe(true);
  await window.page.getByTestId('list-reset').click();
  await expect(part()).toHaveCount(0);
});

test('L shows only what is unread; what is read stays while it is open', async () => {
  const { page } = window;
  await page.getByTestId('thread-list').focus();
  await page.keyboard.press('l');
  await expect(part()).toContainText('Only unread');
  await rows().nth(1).waitFor();
  await expect(page.locator('[data-testid="thread-row"][data-unread="false"]')).toHaveCount(0);
  const first = await rows().first().getAttribute('data-row-key');
  await rows().first().click();
  const opened = page.locator(`[data-row-key="${String(first)}"]`);
  await expect(opened).toHaveAttribute('data-unread', 'false');
  await rows().nth(1).click();
  await expect(opened).toHaveCount(0);
});

test('the choice is kept for each mailbox', async () => {
  const { page } = window;
  await openFolder(page, 'sent');
  await expect(part()).toHaveCount(0);
  await openFolder(page, 'inbox');
  await expect(part()).toContainText('Only unread');
});

test('a filter that nothing passes says so, and leads back to all', async () => {
  const { page } = window;
  await openFolder(page, 'sent');
  await choose('filter-unread');
  await expect(page.getByTestId('all-hidden')).toBeVisible();
  expect(await pictures(window, { name: 'all-hidden' })).toEqual([]);
  await page.getByTestId('all-hidden').getByRole('button', { name: 'Show all' }).click();
  await rows().first().waitFor();
  await expect(part()).toHaveCount(0);
});

test('the menu of orders and filters is read by people and screen readers', async () => {
  const { page } = window;
  await page.getByTestId('list-order').click();
  await page.getByTestId('filter-verified').waitFor();
  // A menu holds the focus, and hides the page behind it from screen readers: nothing there can be reached.
  const found = await pictures(window, { name: 'list-order' });
  expect(found.filter(({ rule }) => rule !== 'aria-hidden-focus')).toEqual([]);
  await page.keyboard.press('Escape');
});

test('Ctrl+A in a search takes all that was found, also what was not shown yet', async () => {
  const { page } = window;
  await openFolder(page, 'sent');
  await page.getByTestId('search').fill('in:inbox');
  await expect(page.getByTestId('search-count')).toHaveText(/\d/u);
  const words = await page.getByTestId('search-count').innerText();
  const found = Number(words.replaceAll(/\D/gu, ''));
  expect(found).toBeGreaterThan(MESSAGES / 10);
  await page.keyboard.press('Enter');
  const before = await listed();
  await page.keyboard.press('Control+a');
  // What is left is shown at once.
  await expect.poll(listed).toBeGreaterThan(before);
  await expect(page.getByTestId('marked-actions')).toContainText(`${String(await listed())} selected`);
  await page.keyboard.press('Delete');
  const toast = page.getByTestId('toast').filter({ hasText: 'moved to Trash' });
  await toast.waitFor();
  const moved = Number.parseInt(await toast.innerText(), 10);
  // Past 10,000 nobody counts: there are more.
  expect(words.startsWith('More than') ? Math.min(moved, found) : moved).toBe(found);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('bulk-progress')).toHaveCount(0);
});

test('Ctrl+A takes all of the mailbox, also what was not read; it moves in steps, and comes back', async () => {
  const { page } = window;
  await openFolder(page, 'inbox');
  await page.getByTestId('list-reset').click();
  await rows().nth(1).waitFor();
  const before = await listed();
  await page.getByTestId('thread-list').focus();
  await page.keyboard.press('Control+a');
  const marked = page.getByTestId('marked-actions');
  await expect.poll(listed, { timeout: 60_000 }).toBeGreaterThan(before + 400);
  const all = await listed();
  await expect(marked).toContainText(`${String(all)} selected`);
  await page.keyboard.press('e');
  await page.getByTestId('bulk-progress').waitFor();
  const toast = page.getByTestId('toast').filter({ hasText: 'moved to Archive' });
  await toast.waitFor({ timeout: 120_000 });
  // Some conversations have several messages in the inbox.
  expect(Number.parseInt(await toast.innerText(), 10)).toBeGreaterThanOrEqual(all);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('bulk-progress')).toHaveCount(0, { timeout: 120_000 });
  await expect.poll(listed, { timeout: 120_000 }).toBe(all);
});

test('the order of a mailbox is the same after a restart, and all of it is shown again', async () => {
  await openFolder(window.page, 'archive');
  await choose('sort-size-down');
  await choose('filter-files');
  await expect(part()).toContainText('Only with files · Largest first');
  window = await window.again();
  await openFolder(window.page, 'archive');
  await expect(part()).toHaveText('Largest first');
});
