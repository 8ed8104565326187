import { once } from 'node:events';
import { expect, test } from 'playwright/test';
import { shownAddress, testPassphrase, unlockProfile } from '../harness/people/first-run';
import { launchApp } from '../harness/window/launch-app';
import { tornetLines } from '../harness/tor/tornet-lines';
import {
  expectSaved,
  identityItem,
  randomFile,
  reachable,
  sawProgress,
  startPerson,
} from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';

const large = 20 * 1_024 * 1_024;

let alice: WindowPerson;
let bob: WindowPerson;
/** The address of Alice’s other identity. */
let carol: string;

/** One life of two programs, told in order: each part stands on the ones before. */
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const torrc = tornetLines();
  [alice, bob] = await Promise.all([
    startPerson({ localPart: 'alice', torrc }),
    startPerson({ localPart: 'bob', torrc }),
  ]);
});

test.afterAll(async () => {
  for (const person of [alice, bob]) {
    await person.close();
    person.remove();
  }
});

test('a stranger is a request; once accepted they send 20 MB, and progress shows on both sides', async () => {
  await writeMail(alice.page, { to: [bob.address], subject: 'May I send you something?', text: 'It is large.' });
  await openFolder(bob.page, 'requests');
  await openMessage(bob.page, 'May I send you something?');
  await bob.page.getByTestId('accept-request').click();
  const file = randomFile(alice, { name: 'to-bob.bin', octets: large });
  const seen = [sawProgress(alice.page, 'row-delivery'), sawProgress(bob.page, 'incoming-transfer')];
  await writeMail(alice.page, {
    to: [bob.address],
    subject: 'Twenty megabytes',
    text: 'Here they are.',
    files: [file.path],
  });
  await openFolder(alice.page, 'outbox');
  await Promise.all(seen);
  await openFolder(bob.page, 'inbox');
  await openMessage(bob.page, 'Twenty megabytes');
  await expect(bob.page.getByTestId('trust-badge').first()).toBeVisible();
  await expectSaved(bob, { name: 'to-bob.bin', sha256: file.sha256 });
  await openFolder(alice.page, 'sent');
  const sent = alice.page.getByTestId('thread-row').filter({ hasText: 'Twenty megabytes' });
  await expect(sent.locator('[data-testid="row-delivery"][data-state="delivered"]')).toBeVisible();
});

test('the answer brings 4 MB back', async () => {
  await openFolder(bob.page, 'inbox');
  await openMessage(bob.page, 'Twenty megabytes');
  const file = randomFile(bob, { name: 'to-alice.bin', octets: large / 5 });
  await bob.page.getByTestId('reply').click();
  await bob.page.getByTestId('compose-text').fill('And four back.');
  await bob.page.getByTestId('compose-file-input').setInputFiles(file.path);
  await bob.page.locator('[data-testid="compose-attachment"][data-stored]').waitFor();
  const seen = sawProgress(alice.page, 'incoming-transfer');
  await bob.page.getByTestId('compose-send').click();
  await seen;
  await openFolder(alice.page, 'inbox');
  await openMessage(alice.page, 'Re: Twenty megabytes');
  await expect(alice.page.getByTestId('message-text').last()).toContainText('And four back.');
  await expectSaved(alice, { name: 'to-alice.bin', sha256: file.sha256 });
});

test('another identity on the same machine has mail of its own', async () => {
  await alice.page.getByTestId('new-identity').click();
  await alice.page.getByTestId('identity-local-part').fill('carol');
  await alice.page.getByTestId('create-identity').click();
  await alice.page.getByTestId('identity-sheet').waitFor();
  carol = await shownAddress(alice.page);
  await alice.page.keyboard.press('Escape');
  await reachable(alice.page, 2);
  await identityItem(alice.page, 'carol').click();
  await writeMail(alice.page, {
    to: [bob.address],
    subject: 'Carol speaking',
    text: 'Nobody knows that I live with Alice.',
  });
  await openFolder(bob.page, 'requests');
  await openMessage(bob.page, 'Carol speaking');
  await expect(bob.page.getByTestId('message-from')).toContainText('carol');
  await bob.page.getByTestId('accept-request').click();
  await openFolder(bob.page, 'inbox');
  await writeMail(bob.page, { to: [carol], subject: 'Hello Carol', text: 'Welcome, whoever you are.' });
  await openFolder(alice.page, 'inbox');
  await openMessage(alice.page, 'Hello Carol');
  await identityItem(alice.page, 'alice').click();
  await openFolder(alice.page, 'inbox');
  await expect(alice.page.getByTestId('thread-row').filter({ hasText: 'Hello Carol' })).toHaveCount(0);
});

test('in all inboxes mail comes in by itself, and is answered as the identity that received it', async () => {
  const { page } = alice;
  await page.getByTestId('all-inboxes').click();
  await writeMail(bob.page, { to: [carol], subject: 'Carol again', text: 'One more.' });
  const row = page.getByTestId('thread-row').filter({ hasText: 'Carol again' });
  await expect(row.getByTestId('identity-mark')).toContainText('carol');
  await row.click();
  await page.getByTestId('reply').click();
  await page.getByTestId('compose-text').fill('Still me.');
  await page.getByTestId('compose-send').click();
  await openMessage(bob.page, 'Re: Carol again');
  await expect(bob.page.getByTestId('message-from').last()).toContainText('carol');
  await openFolder(page, 'inbox');
});

test('half a message is kept in Drafts', async () => {
  const { page } = alice;
  await page.getByTestId('compose').click();
  await page.getByTestId('compose-subject').fill('Half a thought');
  await page.getByTestId('compose-text').fill('It begins well, and then');
  await page.getByTestId('composer-close').click();
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await openFolder(page, 'drafts');
  await openMessage(page, 'Half a thought');
  await expect(page.getByTestId('compose-text')).toHaveValue('It begins well, and then');
  await page.getByTestId('compose-text').fill('It begins well, and then goes on.');
  await page.getByTestId('composer-close').click();
});

test('after a restart the wrong passphrase is refused and all mail is there', async () => {
  await alice.close();
  alice = {
    ...(await launchApp({ name: 'alice-again', profile: alice.profile, torrc: tornetLines() })),
    address: alice.address,
  };
  const { page } = alice;
  await page.getByTestId('unlock-passphrase').fill('not my passphrase');
  await page.getByTestId('unlock').click();
  await expect(page.getByText('That passphrase is not right.')).toBeVisible();
  await expect(page.getByTestId('unlock')).toBeEnabled();
  await unlockProfile(page, testPassphrase);
  await openFolder(page, 'drafts');
  await openMessage(page, 'Half a thought');
  await expect(page.getByTestId('compose-text')).toHaveValue('It begins well, and then goes on.');
  await page.getByTestId('compose-discard').click();
  await page.getByTestId('composer').waitFor({ state: 'detached' });
  await openFolder(page, 'sent');
  await expect(page.getByTestId('thread-row').filter({ hasText: 'Twenty megabytes' })).toBeVisible();
  await openFolder(page, 'inbox');
  await openMessage(page, 'Re: Twenty megabytes');
  await expect(page.getByTestId('message-text').last()).toContainText('And four back.');
});

test('a word of the text finds its message', async () => {
  await alice.page.getByTestId('search').fill('twenty back');
  await expect(alice.page.getByTestId('thread-row')).toHaveCount(1);
  await alice.page.getByTestId('search').fill('zeppelin');
  await expect(alice.page.getByTestId('nothing-found')).toBeVisible();
  await alice.page.getByTestId('search').press('Escape');
});

test('archiving can be undone, and trash keeps until it is emptied', async () => {
  const { page } = alice;
  const row = page.getByTestId('thread-row').filter({ hasText: 'Re: Twenty megabytes' });
  await openFolder(page, 'inbox');
  await row.click();
  await page.getByTestId('archive').click();
  await expect(row).toHaveCount(0);
  await page.getByTestId('toast-action').last().click();
  await expect(row).toHaveCount(1);
  await row.click();
  await page.getByTestId('trash').click();
  await expect(row).toHaveCount(0);
  await openFolder(page, 'trash');
  await row.click();
  await page.getByTestId('trash').click();
  await page.getByTestId('confirm-button').click();
  await expect(page.getByTestId('empty-folder')).toBeVisible();
});

test('a deleted identity is gone', async () => {
  const { page } = alice;
  await reachable(page, 2);
  await identityItem(page, 'carol').click();
  await page.getByTestId('identity-details').click();
  await page.getByTestId('delete-identity').click();
  await page.getByTestId('delete-identity-name').fill('carol');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(identityItem(page, 'carol')).toHaveCount(0);
  await expect(identityItem(page, 'alice')).toHaveCount(1);
});

test('a killed program loses nothing', async () => {
  await writeMail(alice.page, { to: [bob.address], subject: 'Just before the end', text: 'Read me afterwards.' });
  await openMessage(bob.page, 'Just before the end');
  const { app, profile } = bob;
  const ended = once(app.process(), 'exit');
  app.process().kill('SIGKILL');
  await ended;
  bob = { ...(await launchApp({ name: 'bob-again', profile, torrc: tornetLines() })), address: bob.address };
  await unlockProfile(bob.page);
  for (const subject of ['Twenty megabytes', 'Carol speaking', 'Just before the end']) {
    await expect(bob.page.getByTestId('thread-row').filter({ hasText: subject })).toBeVisible();
  }
  await reachable(bob.page);
  await writeMail(alice.page, { to: [bob.address], subject: 'And after it', text: 'Both directions work again.' });
  await openMessage(bob.page, 'And after it');
});
