import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { Identity } from '../../shared/identity';
import { testPassphrase } from '../harness/people/first-run';
import { focused, tabOrder, tabTo } from '../harness/window/keyboard';
import { lockedWindow } from '../harness/window/locked-window';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { identityItem, randomFile, startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';

/** Every verb of the program without a mouse: what is not in keyboard.spec.ts. */
test.describe.configure({ mode: 'serial' });

/** A well-formed address at which nobody ever was. */
const nobody = 'nobody@os44rrhzjmrgbn5quyosqcnsq7yaspewdtyhc6ftjl2qefv3kv25igid.onion';

let window: WindowPerson;
/** A program with a friend, a stranger and a pest in it. */
let others: Person;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [window, others] = await Promise.all([
    startPerson({ localPart: 'verbs', torrc }),
    Person.start({ name: 'others', torrc, localParts: ['friend', 'stranger', 'pest'] }),
  ]);
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
  // Playwright takes the dialog for files over some time after the first listener, not with it.
  window.page.on('filechooser', () => undefined);
});

test.afterAll(async () => {
  await Promise.all([window.close(), others.end()]);
  window.remove();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await window.page.keyboard.press(key);
};
const type = (text: string): Promise<void> => window.page.keyboard.insertText(text);
const rows = () => window.page.getByTestId('thread-row');
const back = { key: 'Shift+Tab' } as const;

function called(localPart: string): Identity {
  const identity = others.identities.find(({ address }) => address.startsWith(`${localPart}@`));
  if (identity === undefined) throw new Error(`Nobody is called ${localPart}`);
  return identity;
}

/** Goes to a folder and opens its first conversation. */
async function openFirst(folderKey: string, subject: string): Promise<void> {
  const { page } = window;
  await press('g', folderKey);
  await rows().filter({ hasText: subject }).waitFor();
  await expect.poll(() => focused(page)).toBe('thread-list');
  await press('Home', 'Enter');
  await expect(page.getByTestId('reader-subject')).toHaveText(subject);
  await expect.poll(() => focused(page)).toBe('conversation');
}

async function nameFriend(): Promise<void> {
  await expect.poll(() => focused(window.page)).toBe('compose-to');
  await type('Old');
  await window.page.getByTestId('recipient-suggestion').waitFor();
  await press('Enter');
}

test('the check of the focus sees a control that does not show it', async () => {
  const { page } = window;
  const hidden = async (): Promise<string[]> =>
    (await tabOrder(page)).filter(({ visible }) => !visible).map(({ what }) => what);
  const compose = page.getByTestId('compose');
  expect(await hidden()).toEqual([]);
  await compose.evaluate((element) => {
    element.style.setProperty('outline', 'none', 'important');
    element.style.setProperty('box-shadow', 'none', 'important');
  });
  expect(await hidden()).toEqual(['compose']);
  await compose.evaluate((element) => element.removeAttribute('style'));
  expect(await hidden()).toEqual([]);
});

test('add a contact and rename them', async () => {
  const { page } = window;
  await press('g', 'c');
  await page.getByTestId('contacts-page').waitFor();
  await tabTo(page, 'add-contact');
  await press('Enter');
  await expect.poll(() => focused(page)).toBe('add-contact-address');
  await type(called('friend').address);
  await tabTo(page, 'add-contact-name');
  await type('Freind');
  await press('Enter');
  await page.getByTestId('add-contact-dialog').waitFor({ state: 'detached' });
  await tabTo(page, 'contact-rename');
  await press('Enter');
  await expect.poll(() => focused(page)).toBe('contact-name-field');
  await press('Control+a');
  await type('Old friend');
  await press('Enter');
  await expect(page.getByTestId('contact-name')).toHaveText('Old friend');
  await expect.poll(() => focused(page)).toBe('contact-rename');
});

test('save an attachment and a message', async () => {
  const { page, saveDirectory, address } = window;
  await others.send({
    from: called('friend'),
    to: address,
    subject: 'With a file',
    file: new TextEncoder().encode('kept'),
  });
  await openFirst('i', 'With a file');
  await tabTo(page, 'message-menu');
  await press('Enter');
  await page.getByTestId('save-eml').waitFor();
  for (let presses = 0; presses < 12 && (await focused(page)) !== 'save-eml'; presses += 1) await press('ArrowDown');
  await press('Enter');
  await expect.poll(() => readdirSync(saveDirectory).filter((name) => name.endsWith('.eml')).length).toBe(1);
  await expect.poll(() => focused(page)).toBe('message-menu');
  await tabTo(page, 'save-attachment');
  await press('Enter');
  const saved = join(saveDirectory, 'file.bin');
  await expect.poll(() => existsSync(saved) && readFileSync(saved, 'utf8')).toBe('kept');
});

test('flag, and mark as unread', async () => {
  const { page } = window;
  const flag = page.getByTestId('flag');
  await press('s');
  await expect(flag).toHaveAttribute('aria-pressed', 'true');
  await tabTo(page, 'flag', back);
  await press('Enter');
  await expect(flag).toHaveAttribute('aria-pressed', 'false');
  await expect(rows()).toHaveAttribute('data-unread', 'false');
  await tabTo(page, 'mark-unread', back);
  await press('Enter');
  await expect(rows()).toHaveAttribute('data-unread', 'true');
  await openFirst('i', 'With a file');
  await expect(rows()).toHaveAttribute('data-unread', 'false');
  await press('u');
  await expect(rows()).toHaveAttribute('data-unread', 'true');
});

test('forward, with one more file', async () => {
  const { page } = window;
  await openFirst('i', 'With a file');
  await press('f');
  await page.getByTestId('composer').waitFor();
  await nameFriend();
  const stored = page.locator('[data-testid="compose-attachment"][data-stored]');
  await stored.waitFor();
  await tabTo(page, 'compose-attach');
  const chooser = page.waitForEvent('filechooser');
  await press('Enter');
  await (await chooser).setFiles(randomFile(window, { name: 'another.bin', octets: 1_000 }).path);
  await stored.nth(1).waitFor();
  await press('Control+Enter');
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  expect((await others.received('Fwd: With a file')).attachmentCount).toBe(2);
  await expect(page.getByTestId('toast').filter({ hasText: 'Delivered to Old friend' })).toBeVisible();
});

test('accept one stranger and block another', async () => {
  const { page, address } = window;
  await others.send({ from: called('stranger'), to: address, subject: 'May I?' });
  await openFirst('r', 'May I?');
  await tabTo(page, 'accept-request');
  await press('Enter');
  await expect(rows()).toHaveCount(0);
  await press('g', 'i');
  await rows().filter({ hasText: 'May I?' }).waitFor();
  await others.send({ from: called('pest'), to: address, subject: 'Buy!' });
  await openFirst('r', 'Buy!');
  await tabTo(page, 'block-request');
  await press('Enter');
  await page.getByTestId('confirm-dialog').waitFor();
  await tabTo(page, 'confirm-button');
  await press('Enter');
  await expect(rows()).toHaveCount(0);
});

test('try a delivery now, and cancel one', async () => {
  const { page } = window;
  await press('c');
  await page.getByTestId('composer').waitFor();
  await expect.poll(() => focused(page)).toBe('compose-to');
  await type(nobody);
  await press('Enter');
  await tabTo(page, 'compose-subject');
  await type('To nobody');
  await tabTo(page, 'compose-text');
  await type('Is anybody there?');
  await press('Control+Enter');
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await openFirst('o', 'To nobody');
  const cancel = page.getByTestId('cancel-delivery');
  await cancel.waitFor();
  await tabTo(page, 'try-now');
  const attempts = (await page.getByTestId('delivery').getAttribute('data-attempts')) ?? '';
  await press('Enter');
  // Tor may know at once that the address is still not there.
  await page
    .locator(
      `[data-testid="delivery"][data-state="delivering"], [data-testid="delivery"]:not([data-attempts="${attempts}"])`,
    )
    .waitFor();
  await cancel.waitFor();
  await tabTo(page, 'cancel-delivery');
  await press('Enter');
  await expect(page.getByTestId('delivery')).toHaveAttribute('data-state', 'cancelled');
});

test('delete an identity', async () => {
  const { page } = window;
  await tabTo(page, 'new-identity', back);
  await press('Enter');
  await page.getByTestId('new-identity-page').waitFor();
  await tabTo(page, 'identity-local-part');
  await type('brief');
  await press('Enter');
  await page.getByTestId('identity-sheet').waitFor();
  await tabTo(page, 'delete-identity');
  await press('Enter');
  await page.getByTestId('confirm-dialog').waitFor();
  await tabTo(page, 'delete-identity-name');
  await type('brief');
  await press('Enter');
  await expect(identityItem(page, 'brief')).toHaveCount(0);
  await expect(identityItem(page, 'verbs')).toHaveCount(1);
  // Keys belong to the dialogs until they have gone.
  for (const dialog of ['confirm-dialog', 'identity-sheet'])
    await page.getByTestId(dialog).waitFor({ state: 'detached' });
  await press('g', 's');
  await expect(page.getByTestId('list-title')).toContainText('Sent');
});

test('lock with the button of the rail, and unlock', async () => {
  await tabTo(window.page, 'lock');
  window = await lockedWindow(window, () => press('Enter'));
  const { page } = window;
  expect(await focused(page)).toBe('unlock-passphrase');
  await type(testPassphrase);
  await press('Enter');
  await page.getByTestId('main-window').waitFor();
  for (const [key, name] of [
    ['i', 'Inbox'],
    ['r', 'Requests'],
    ['d', 'Drafts'],
    ['o', 'Outbox'],
    ['s', 'Sent'],
    ['a', 'Archive'],
    ['t', 'Trash'],
  ] as const) {
    await press('g', key);
    await expect(page.getByTestId('list-title')).toContainText(name);
  }
});
