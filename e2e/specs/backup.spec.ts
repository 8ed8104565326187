import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { testPassphrase } from '../harness/people/first-run';
import { pictures } from '../harness/window/gallery';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { reachable, startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, openMessage } from '../harness/people/write-mail';

/** Nora's computer, the one on which she restores her backup, and Bob, who writes to her. */
test.describe.configure({ mode: 'serial' });

let nora: WindowPerson;
let restored: RunningApp;
let bob: Person;
let backup: string;

const backupPassphrase = 'four words for backups';

test.beforeAll(async () => {
  const torrc = tornetLines();
  [nora, bob, restored] = await Promise.all([
    startPerson({ localPart: 'nora', torrc }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
    launchApp({ name: 'restored', torrc }),
  ]);
  for (const { page } of [nora, restored]) await page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await Promise.all([restored.close(), bob.end()]);
  for (const window of [nora, restored]) window.remove();
});

async function expectGood(window: RunningApp, name: string): Promise<void> {
  expect(await pictures(window, { name })).toEqual([]);
}

test('makes a backup and says what is in it', async () => {
  await bob.send({ from: bob.identity, to: nora.address, subject: 'Before the backup', text: 'Keep this.\n' });
  const { page } = nora;
  await openFolder(page, 'requests');
  await openMessage(page, 'Before the backup');
  await page.getByTestId('open-settings').click();
  await page.getByTestId('make-backup').click();
  await page.getByTestId('backup-confirm').click();
  await expect(page.getByTestId('make-backup-dialog').getByRole('alert')).toBeVisible();
  await page.getByTestId('new-passphrase').fill(backupPassphrase);
  await page.getByTestId('repeat-passphrase').fill(backupPassphrase);
  await expectGood(nora, 'backup-passphrase');
  await page.getByTestId('backup-confirm').click();
  await page.getByTestId('backup-progress').waitFor();
  await page.getByTestId('backup-made-dialog').waitFor();
  await expect(page.getByTestId('backup-contents')).toContainText('nora');
  await expect(page.getByTestId('backup-contents')).toContainText('1 message');
  await expectGood(nora, 'backup-contents');
  const [name, ...more] = readdirSync(nora.saveDirectory).filter((each) => each.includes('backup'));
  expect(more).toEqual([]);
  expect(name).toMatch(/^posthorn-\d{4}-\d\d-\d\d\.posthorn-backup$/u);
  backup = join(nora.saveDirectory, name!);
  expect(readFileSync(backup, 'latin1')).not.toContain('Before the backup');
});

test('a backup that is stopped leaves no file', async () => {
  const { page } = nora;
  await page.getByTestId('backup-done').click();
  await page.getByTestId('make-backup').click();
  await page.getByTestId('new-passphrase').fill(backupPassphrase);
  await page.getByTestId('repeat-passphrase').fill(backupPassphrase);
  const before = readdirSync(nora.saveDirectory);
  await page.getByTestId('backup-confirm').click();
  await page.getByTestId('backup-progress').waitFor();
  await page.getByTestId('backup-cancel').click();
  await page.getByTestId('backup-progress').waitFor({ state: 'detached' });
  await expect.poll(() => readdirSync(nora.saveDirectory)).toEqual(before);
  await page.getByTestId('backup-cancel').click();
});

test('tests a good backup, and says what is wrong with others', async () => {
  const { page } = nora;
  const flipped = join(nora.saveDirectory, 'flipped.bin');
  const cut = join(nora.saveDirectory, 'cut.bin');
  const letter = join(nora.saveDirectory, 'letter.txt');
  const octets = readFileSync(backup);
  const middle = Math.floor(octets.length / 2);
  octets[middle] = (octets[middle] ?? 0) ^ 1;
  writeFileSync(flipped, octets);
  copyFileSync(backup, cut);
  truncateSync(cut, middle);
  writeFileSync(letter, 'Dear Nora,\n');

  await page.getByTestId('test-backup').click();
  await page.getByTestId('test-backup-passphrase').fill(backupPassphrase);
  await tested(backup);
  await page.getByTestId('backup-good').waitFor();
  await expect(page.getByTestId('backup-contents')).toContainText('1 message');
  await expectGood(nora, 'backup-good');
  await tested(flipped);
  await expect(page.getByTestId('backup-problem-damaged')).toContainText('Use another copy');
  await expectGood(nora, 'backup-damaged');
  await tested(cut);
  await expect(page.getByTestId('backup-problem-incomplete')).toContainText('Copy it again');
  await tested(letter);
  await page.getByTestId('backup-problem-not-a-backup').waitFor();
  await page.getByTestId('test-backup-passphrase').fill('something else');
  await tested(backup);
  await page.getByTestId('backup-problem-wrong-passphrase').waitFor();
  await page.getByTestId('test-backup-close').click();
});

async function tested(path: string): Promise<void> {
  await nora.page.getByTestId('test-backup-file-input').setInputFiles(path);
  await nora.page.getByTestId('test-backup-confirm').click();
}

test('restores it on a new computer, which keeps quiet while the old one is online', async () => {
  const { page } = restored;
  await page.getByTestId('restore-backup').click();
  await page.getByTestId('restore-file-input').setInputFiles(backup);
  await page.getByTestId('restore-passphrase').fill('something else');
  await page.getByTestId('new-passphrase').fill(testPassphrase);
  await page.getByTestId('repeat-passphrase').fill(testPassphrase);
  await page.getByTestId('restore-confirm').click();
  await page.getByTestId('backup-problem-wrong-passphrase').waitFor();
  await expectGood(restored, 'restore-refused');
  await page.getByTestId('restore-passphrase').fill(backupPassphrase);
  await page.getByTestId('restore-confirm').click();
  await page.getByTestId('restored').waitFor();
  await expect(page.getByTestId('backup-contents')).toContainText('1 message');
  await page.locator('[data-testid="restored-identity"][data-reachability="elsewhere"]').waitFor();
  await expect(page.getByTestId('restored-elsewhere')).toContainText('still online');
  await expectGood(restored, 'restored-elsewhere');
  await page.getByTestId('welcome-done').click();
  await openFolder(page, 'requests');
  await openMessage(page, 'Before the backup');
  await expect(page.getByTestId('message-text').first()).toContainText('Keep this.');
});

test('goes online here when the old copy is gone, and gets mail', async () => {
  const { page } = restored;
  await expect(page.getByTestId('elsewhere-banner')).toContainText('Another machine answers under this address');
  await expectGood(restored, 'elsewhere');
  await page.getByTestId('go-online-anyway').click();
  await expect(page.getByTestId('confirm-dialog')).toContainText('take each other’s mail');
  await expectGood(restored, 'take-over-question');
  await page.keyboard.press('Escape');
  await page.getByTestId('look-again').click();
  await expect(page.getByText('The other copy still seems to be online', { exact: true })).toBeVisible();
  await nora.close();
  await page.getByTestId('look-again').click();
  await reachable(page);
  await page.getByTestId('elsewhere-banner').waitFor({ state: 'detached' });
  await bob.send({ from: bob.identity, to: nora.address, subject: 'After the backup' });
  await openMessage(page, 'After the backup');
});
