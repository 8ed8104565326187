import { expect, test } from 'playwright/test';
import { openFolder } from '../../harness/people/write-mail';
import { pictures } from '../../harness/window/gallery';
import { openSampleWindow, type SampleWindow } from '../../harness/window/sample-window';

/** The inboxes of three identities in one list, without tor. */
test.describe.configure({ mode: 'serial' });

const MESSAGES = 300;

let window: SampleWindow;

test.beforeAll(async () => {
  window = await openSampleWindow({ name: 'unified', messages: MESSAGES });
});
test.afterAll(() => window.end());

const all = () => window.page.getByTestId('all-inboxes');
const rows = () => window.page.getByTestId('thread-row');
const marked = (name: string) => rows().filter({ has: window.page.getByTestId('identity-mark').getByText(name) });
const toast = (text: string) => window.page.getByTestId('toast').filter({ hasText: text });

/** The sum of what the identities have unread. */
async function unreadOfEach(): Promise<number> {
  const labels = await window.page
    .getByTestId('identity-item')
    .evaluateAll((items) => items.map((item) => item.querySelector('[aria-label$="unread"]')?.textContent ?? '0'));
  return labels.reduce((sum, label) => sum + Number(label), 0);
}

test('the mail of all identities stands in one list, each row with the name of its own', async () => {
  const { page } = window;
  await all().click();
  await expect(page.getByTestId('list-title')).toHaveText('All inboxes');
  await expect(all()).toHaveAttribute('data-count', String(await unreadOfEach()));
  for (const name of ['Private', 'Work', 'Choir board']) await marked(name).first().waitFor();
  await rows().first().click();
  expect(await pictures(window, { name: 'all-inboxes' })).toEqual([]);
});

test('an answer is from the identity that received the message, whichever was chosen', async () => {
  const { page } = window;
  await page.getByTestId('identity-item').filter({ hasText: 'Private' }).click();
  await all().click();
  for (const name of ['Choir board', 'Work']) {
    await marked(name).first().click();
    const key = (await marked(name).first().getAttribute('data-row-key')) ?? '';
    const { identity } = await ownerOf(name);
    expect(key.startsWith(identity)).toBe(true);
    await page.keyboard.press('r');
    await expect(page.getByTestId('compose-from')).toContainText(name);
    await page.keyboard.press('Escape');
    await page.getByTestId('composer').waitFor({ state: 'detached' });
  }
});

async function ownerOf(name: string): Promise<{ readonly identity: string }> {
  const item = window.page.getByTestId('identity-item').filter({ hasText: name });
  return { identity: (await item.getAttribute('data-identity-id')) ?? '' };
}

test('it is filtered and turned round by itself', async () => {
  const { page } = window;
  // What is open would stay in the list although it is read by now.
  await all().click();
  await page.getByTestId('thread-list').focus();
  await page.keyboard.press('l');
  await expect(page.getByTestId('list-part')).toContainText('Only unread');
  await expect(page.locator('[data-testid="thread-row"][data-unread="false"]')).toHaveCount(0);
  await page.getByTestId('list-reset').click();
  await page.getByTestId('list-order').click();
  await page.getByTestId('sort-date-up').click();
  await expect(page.getByTestId('list-part')).toContainText('Oldest first');
  await page.getByTestId('list-reset').click();
  await expect(page.getByTestId('list-part')).toHaveCount(0);
});

test('a search looks through the mail of all, and says whose each is', async () => {
  const { page } = window;
  await page.getByTestId('search').fill('is:unread');
  await expect(page.getByTestId('list-title')).toContainText('All identities');
  await page.getByTestId('search-count').getByText(/\d/u).waitFor();
  for (const name of ['Private', 'Choir board']) await marked(name).first().waitFor();
  expect(await pictures(window, { name: 'search-all-inboxes' })).toEqual([]);
  await page.getByTestId('search').press('Escape');
  await page.getByTestId('search').press('Escape');
  await expect(page.getByTestId('list-title')).toHaveText('All inboxes');
});

test('what is done with rows of several identities is done in each of them', async () => {
  const { page } = window;
  const [work, choir] = [marked('Work').first(), marked('Choir board').first()];
  const keys = [await work.getAttribute('data-row-key'), await choir.getAttribute('data-row-key')];
  await work.click();
  await choir.click({ modifiers: ['Control'] });
  await page.keyboard.press('v');
  await page.getByTestId('picker').waitFor();
  // The folders of one identity are no place for mail of another.
  await expect(page.getByTestId('picker-choice')).toHaveText(['Sent', 'Archive', 'Trash']);
  await page.keyboard.insertText('arch');
  await page.keyboard.press('Enter');
  await toast('moved to Archive').waitFor();
  for (const key of keys) await expect(page.locator(`[data-row-key="${String(key)}"]`)).toHaveCount(0);
  await page.getByTestId('identity-item').filter({ hasText: 'Work' }).click();
  await openFolder(page, 'archive');
  await page.locator(`[data-row-key="${String(keys[0])}"]`).waitFor();
  await toast('moved to Archive').getByRole('button', { name: 'Undo' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  for (const key of keys) await page.locator(`[data-row-key="${String(key)}"]`).waitFor();
});
