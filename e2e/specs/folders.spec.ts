import { expect, test } from 'playwright/test';
import type { SampleProfile } from '../harness/people/sample-profile';
import { makeSampleProfile, sampleEnvironment } from '../harness/people/sample-profile';
import { openFolder } from '../harness/people/write-mail';
import { pictures } from '../harness/window/gallery';
import { focused } from '../harness/window/keyboard';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';

/** Folders of one's own and tags, by mouse and by keyboard, without tor. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;

test.beforeAll(async () => {
  sample = await makeSampleProfile(60);
  window = await launchApp({ name: 'folders', profile: sample.profile, env: sampleEnvironment });
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
  await window.page.getByTestId('thread-row').nth(5).waitFor();
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
});

const own = (name: string) => window.page.getByTestId(`own-folder-${name}`);
const rows = () => window.page.getByTestId('thread-row');
const title = () => window.page.getByTestId('list-title');
const toast = (text: string) => window.page.getByTestId('toast').filter({ hasText: text });

async function nameIt(name: string): Promise<void> {
  const { page } = window;
  await expect.poll(() => focused(page)).toBe('folder-name');
  await page.keyboard.insertText(name);
  await page.keyboard.press('Enter');
  await own(name).waitFor();
}

test('a folder is made, and one in it, and renamed by F2', async () => {
  const { page } = window;
  await page.getByTestId('new-folder').click();
  await nameIt('Projects');
  await expect(title()).toContainText('Projects');
  await expect(page.getByTestId('empty-folder')).toBeVisible();
  await own('Projects').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder in it' }).click();
  await nameIt('Gardn');
  await own('Gardn').focus();
  await page.keyboard.press('F2');
  await nameIt('Garden');
  await expect(own('Gardn')).toHaveCount(0);
});

test('a name that is there already is refused, and can be typed anew', async () => {
  const { page } = window;
  await page.getByTestId('new-folder').click();
  await expect.poll(() => focused(page)).toBe('folder-name');
  await page.keyboard.insertText('PROJECTS');
  await page.keyboard.press('Enter');
  await toast('There is a mailbox of this name already').waitFor();
  await expect.poll(() => focused(page)).toBe('folder-name');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('folder-name')).toHaveCount(0);
});

test('V moves a conversation to what is typed, and it can be taken back', async () => {
  const { page } = window;
  await openFolder(page, 'inbox');
  await rows().first().click();
  const subject = await rows().first().getByTestId('row-subject').innerText();
  await page.keyboard.press('v');
  await page.getByTestId('picker').waitFor();
  await page.keyboard.insertText('gard');
  await expect(page.getByTestId('picker-choice')).toHaveCount(1);
  expect(await pictures(window, { name: 'move-to' })).toEqual([]);
  await page.keyboard.press('Enter');
  await toast('moved to Garden').waitFor();
  await own('Garden').click();
  await expect(rows()).toHaveCount(1);
  await expect(rows().getByTestId('row-subject')).toHaveText(subject);
  await toast('moved to Garden').getByRole('button', { name: 'Undo' }).click();
  await expect(rows()).toHaveCount(0);
  await openFolder(page, 'inbox');
  await rows().filter({ hasText: subject }).first().waitFor();
});

test('rows are dragged onto a folder', async () => {
  const { page } = window;
  await openFolder(page, 'inbox');
  const subject = await rows().nth(1).getByTestId('row-subject').innerText();
  await rows().nth(1).dragTo(own('Garden'));
  await own('Garden').click();
  await expect(rows().getByTestId('row-subject')).toHaveText(subject);
});

test('T tags a conversation, with a tag that is made by its name', async () => {
  const { page } = window;
  await own('Garden').click();
  await rows().first().click();
  await page.keyboard.press('t');
  await page.getByTestId('picker').waitFor();
  await page.keyboard.insertText('Spring');
  await page.keyboard.press('Enter');
  await expect(rows().first().getByTestId('tags')).toHaveText('Spring');
  await expect(page.getByTestId('reader').getByTestId('tags').first()).toHaveText('Spring');
  expect(await pictures(window, { name: 'folders-and-tags' })).toEqual([]);
});

test('a tag gets another name and another colour, on all that has it', async () => {
  const { page } = window;
  await rows().first().click();
  await page.keyboard.press('t');
  await page.getByTestId('change-tags').click();
  await page.getByTestId('tag-line').filter({ hasText: 'Spring' }).getByTestId('tag-change').click();
  await expect.poll(() => focused(page)).toBe('tag-name');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('Summer');
  await page.getByTestId('colour-red').click();
  expect(await pictures(window, { name: 'change-tags' })).toEqual([]);
  await page.getByTestId('tag-save').click();
  await page.getByTestId('tag-line').filter({ hasText: 'Summer' }).waitFor();
  await page.keyboard.press('Escape');
  const chip = rows().first().getByTestId('tags').locator('[data-colour]');
  await expect(chip).toHaveText('Summer');
  await expect(chip).toHaveAttribute('data-colour', 'red');
  await page.keyboard.press('t');
  await page.getByTestId('picker-choice').filter({ hasText: 'Summer' }).click();
  await expect(page.getByTestId('tags')).toHaveCount(0);
});

test('a folder is deleted with those in it by Del, and its mail is in the Trash', async () => {
  const { page } = window;
  const subject = await rows().first().getByTestId('row-subject').innerText();
  await own('Projects').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toContainText('will be moved to the Trash');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(own('Projects')).toHaveCount(0);
  await expect(own('Garden')).toHaveCount(0);
  await expect(title()).toContainText('Inbox');
  await openFolder(page, 'trash');
  await rows().filter({ hasText: subject }).first().waitFor();
});

test('a folder that is moved into the Inbox stands below it in the rail', async () => {
  const { page } = window;
  await page.getByTestId('new-folder').click();
  await nameIt('Bills');
  await own('Bills').focus();
  await page.keyboard.press('v');
  await page.getByTestId('picker').waitFor();
  await page.keyboard.insertText('inbox');
  await page.keyboard.press('Enter');
  await toast('Bills moved into Inbox').waitFor();
  const places = page.getByRole('region', { name: 'Folders' }).locator('ul').first().locator('button');
  await expect(places.nth(1)).toHaveAttribute('data-testid', 'own-folder-Bills');
  await expect(places.nth(2)).toHaveAttribute('data-testid', 'folder-requests');
});
