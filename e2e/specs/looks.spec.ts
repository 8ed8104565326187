import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { choosePassphrase, createFirstIdentity, firstRun, testPassphrase } from '../harness/people/first-run';
import type { Scene } from '../harness/window/gallery';
import { pictures } from '../harness/window/gallery';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import { lockedWindow } from '../harness/window/locked-window';
import type { Letter } from '../harness/people/person';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { makeTrustProfile } from '../harness/people/trust-profile';
import { openTrustWindow } from '../harness/window/trust-window';
import { reachable } from '../harness/window/window-person';
import { openFolder, openMessage } from '../harness/people/write-mail';

/** A window whose mail comes from people in another program, played scene by scene. */
test.describe.configure({ mode: 'serial' });

let nora: RunningApp;
/** Has a Tor network with nobody at home; it takes tor half a minute to say so. */
let lost: RunningApp;
let friends: Person;
let address: string;

const names = ['ines', 'tomas', 'rui', 'stranger', 'judite'] as const;
type Name = (typeof names)[number];
const fullNames: Readonly<Record<Exclude<Name, 'stranger' | 'judite'>, string>> = {
  ines: 'Inês Marques',
  tomas: 'Tomáš Dvořák',
  rui: 'Rui (choir)',
};

test.beforeAll(async () => {
  const torrc = tornetLines();
  const nobody = torrc.map((line) =>
    line.startsWith('DirAuthority')
      ? line.replace(/orport=\d+/u, 'orport=9').replace(/(127\.0\.0\.1):\d+/u, '$1:9')
      : line,
  );
  [nora, lost, friends] = await Promise.all([
    launchApp({ name: 'nora', torrc }),
    launchApp({ name: 'lost', torrc: nobody }),
    Person.start({ name: 'friends', torrc, localParts: names }),
  ]);
});

test.afterAll(async () => {
  await Promise.all([nora.close(), lost.close(), friends.end()]);
  for (const window of [nora, lost]) window.remove();
});

/** Takes the notes away; what they say has been said. */
async function quiet(page: Page): Promise<void> {
  await page
    .getByTestId('toast')
    .getByRole('button', { name: 'Dismiss' })
    .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
  await expect(page.getByTestId('toast')).toHaveCount(0);
}

async function expectGood(scene: Scene, window: RunningApp = nora): Promise<void> {
  expect(await pictures(window, scene)).toEqual([]);
}

const identityOf = (name: Name) => friends.identities[names.indexOf(name)]!;

const letter = (from: Name, subject: string, text: string): Letter => ({
  from: identityOf(from),
  to: address,
  subject,
  text,
});

test('first run', async () => {
  await nora.page.getByTestId('new-passphrase').fill('seven horses eat');
  await expectGood({ name: 'first-run-passphrase', shownAs: 'first-run' });
  await choosePassphrase(nora.page, testPassphrase);
  await nora.page.getByTestId('identity-local-part').fill('nora');
  await expectGood({ name: 'first-run-identity' });
  address = await createFirstIdentity(nora.page, 'nora');
  await expectGood({ name: 'first-run-address' });
  await nora.page.getByTestId('welcome-done').click();
  await reachable(nora.page);
});

test('other ways to begin', async () => {
  const { page } = lost;
  await page.getByTestId('restore-backup').click();
  await page.getByTestId('restore-file-input').setInputFiles({
    name: 'posthorn-2026-05-14.posthorn-backup',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(41_500, 7),
  });
  await expectGood({ name: 'restore-backup' }, lost);
  await page.getByTestId('restore-back').click();
  await page.getByTestId('restore-paper').click();
  await expectGood({ name: 'restore-paper-passphrase' }, lost);
  await page.getByTestId('restore-back').click();
});

test('empty places', async () => {
  await expectGood({ name: 'empty-inbox' });
  await nora.page.getByTestId('holder-hint-dismiss').click();
  await openFolder(nora.page, 'outbox');
  await expectGood({ name: 'empty-outbox' });
  await nora.page.getByTestId('search').fill('nothing like this');
  await nora.page.getByTestId('nothing-found').waitFor();
  await expectGood({ name: 'nothing-found' });
  await nora.page.getByTestId('search').press('Escape');
  await nora.page.getByTestId('open-contacts').click();
  await expectGood({ name: 'empty-contacts' });
});

test('adding contacts', async () => {
  const { page } = nora;
  for (const [name, fullName] of Object.entries(fullNames)) {
    await page.getByTestId('add-contact').click();
    await page.getByTestId('add-contact-address').fill(identityOf(name as Name).address);
    await page.getByTestId('add-contact-name').fill(fullName);
    if (name === 'rui') await expectGood({ name: 'add-contact' });
    await page.getByTestId('add-contact-confirm').click();
    await page.getByTestId('contact-row').filter({ hasText: fullName }).waitFor();
  }
});

test('inbox and reader', async () => {
  await deliverLetters();
  const { page } = nora;
  await openFolder(page, 'inbox');
  await page.getByTestId('thread-row').nth(5).waitFor();
  await goOnAboutTheConcert();
  await quiet(page);
  await openFolder(page, 'inbox');
  await page.getByTestId('row-count').getByText('2').waitFor();
  await expectGood({ name: 'inbox', shownAs: 'inbox' });
  await openMessage(page, concertSubject);
  await page.getByTestId('attachment').waitFor();
  await expectGood({ name: 'reader', shownAs: 'reader' });
  await page.getByTestId('show-details').first().click();
  await expectGood({ name: 'reader-details' });
  await page
    .getByTestId('thread-row')
    .nth(2)
    .click({ modifiers: ['Control'] });
  await page
    .getByTestId('thread-row')
    .nth(3)
    .click({ modifiers: ['Control'] });
  await expectGood({ name: 'inbox-marked' });
  await page.keyboard.press('Escape');
  await openMessage(page, 'Seeds for the allotment');
  await page.getByTestId('thread-row').nth(3).click({ button: 'right' });
  await expectGood({ name: 'row-menu' });
  await page.keyboard.press('Escape');
});

/** Tor takes its minute to find out that somebody has gone, or everybody; meanwhile other pictures are taken. */
test('writing to somebody who is away', async () => {
  await firstRun(lost.page, { localPart: 'nora' });
  const { page } = nora;
  await friends.core.call('identities.update', { identityId: identityOf('tomas').id, paused: true });
  await page.getByTestId('compose').click();
  await page.getByTestId('compose-to').fill('Tom');
  await page.getByTestId('compose-to').press('Enter');
  await page.getByTestId('compose-subject').fill('Ladder');
  await page.getByTestId('compose-text').fill('May I borrow it on Saturday?');
  await page.getByTestId('compose-send').click();
  await page.getByTestId('composer').waitFor({ state: 'detached' });
});

test('a request', async () => {
  await openFolder(nora.page, 'requests');
  await openMessage(nora.page, 'From the library book club');
  await nora.page.getByTestId('request-banner').waitFor();
  await expectGood({ name: 'requests' });
});

test('composer', async () => {
  const { page } = nora;
  await openFolder(page, 'inbox');
  await openMessage(page, concertSubject);
  await page.getByTestId('reply').click();
  await page
    .getByTestId('compose-text')
    .pressSequentially('No mistake found. I bring the seating plan too, so that it can go with it.\n\nNora\n');
  const file = join(nora.saveDirectory, 'seating-plan.pdf');
  writeFileSync(file, Buffer.alloc(182_000, 7));
  await page.getByTestId('compose-file-input').setInputFiles(file);
  await page.locator('[data-testid="compose-attachment"][data-stored]').waitFor();
  await page.locator('[data-testid="draft-state"][data-state="saved"]').waitFor();
  await expectGood({ name: 'composer', shownAs: 'composer' });
  await page.getByTestId('compose-to').fill('m');
  await page.getByTestId('recipient-suggestion').first().waitFor();
  await expectGood({ name: 'composer-completion' });
  await page.getByTestId('compose-to').fill('not an address');
  await page.getByTestId('compose-subject').focus();
  await page.getByTestId('recipient-problem').waitFor();
  await expectGood({ name: 'composer-problem' });
  await page.getByTestId('composer-size').click();
  await expectGood({ name: 'composer-large' });
  await page.getByTestId('composer-close').click();
});

test('contacts, settings and identity', async () => {
  const { page } = nora;
  await page.getByTestId('open-contacts').click();
  await quiet(page);
  await page.getByTestId('contact-row').filter({ hasText: 'Inês' }).click();
  await expectGood({ name: 'contacts', shownAs: 'contacts' });
  await page.getByTestId('open-settings').click();
  await expectGood({ name: 'settings' });
  await page.getByTestId('settings-start-at-login').scrollIntoViewIfNeeded();
  await page.getByTestId('settings-lock').scrollIntoViewIfNeeded();
  await expectGood({ name: 'settings-locks' });
  await page.getByTestId('settings-change-passphrase').click();
  await expectGood({ name: 'change-passphrase' });
  await page.keyboard.press('Escape');
  await page.getByTestId('new-identity').click();
  await expectGood({ name: 'new-identity' });
  await page.getByTestId('identity-details').click();
  await page.getByTestId('identity-sheet').waitFor();
  await expectGood({ name: 'identity' });
  await page.getByTestId('identity-private').click();
  await expectGood({ name: 'identity-private' });
  await page.keyboard.press('Escape');
  await page.getByTestId('delete-identity').click();
  await expectGood({ name: 'delete-identity' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await openFolder(page, 'inbox');
  await page.getByTestId('thread-list').focus();
  await page.keyboard.press('?');
  await page.getByTestId('shortcut-sheet').waitFor();
  await expectGood({ name: 'shortcuts' });
  await page.keyboard.press('Escape');
});

test('trust in a person', async () => {
  const { page } = nora;
  await openContact('Inês');
  await expectGood({ name: 'contact-not-verified' });
  await page.getByTestId('contact-compare').click();
  await expectGood({ name: 'compare-fingerprint' });
  await verifyHere();
  await quiet(page);
  await page.getByTestId('contact-introducer').click();
  await page.getByTestId('introducer-more').click();
  await expectGood({ name: 'introducer' });
  await page.getByTestId('introducer-save').click();
  await page.getByTestId('introducer-dialog').waitFor({ state: 'detached' });
  await quiet(page);
  await expectGood({ name: 'contact-verified', shownAs: 'contacts-verified' });
  await openContact('Rui');
  await page.getByTestId('contact-compare').click();
  await verifyHere();
  await quiet(page);
  await page.getByTestId('contact-introduce').click();
  await expectGood({ name: 'introduce-whom' });
  await page.getByTestId('introduce-person').click();
  await page.getByTestId('introduce-note').fill('You both sing, and live in the same street.');
  await expectGood({ name: 'introduce', shownAs: 'introduce' });
  await page.keyboard.press('Escape');
  await page.getByTestId('contacts-menu').click();
  await page.getByTestId('export-gnupg').click();
  await expectGood({ name: 'export-gnupg' });
  await page.keyboard.press('Escape');
});

test('an introduction and a changed key', async () => {
  const { page } = nora;
  await introduceToNora('ines', 'judite');
  await openFolder(page, 'inbox');
  await openMessage(page, 'Introducing judite');
  await page.getByTestId('introduced-person').waitFor();
  await quiet(page);
  await expectGood({ name: 'introduced-card' });
  await page.getByTestId('trust-badge').click();
  await expectGood({ name: 'trust-badge' });
  await page.keyboard.press('Escape');
  await page.getByTestId('introduced-person-add').click();
  await page.getByTestId('introduced-person-open').click();
  await expect(page.getByTestId('contact-standing')).toHaveText('Introduced by Inês Marques');
  await quiet(page);
  await expectGood({ name: 'contact-introduced', shownAs: 'contact-introduced' });
  await friends.core.call('identities.replaceKey', { identityId: identityOf('rui').id });
  await openContact('Rui');
  await page.getByTestId('contact-fetch-key').click();
  await page.getByTestId('standing-banner').waitFor();
  await expectGood({ name: 'contact-key-changed' });
});

test('the web of trust', async () => {
  const profile = await makeTrustProfile({ people: 60, contacts: 55 });
  const trusting = await openTrustWindow(profile);
  const { page } = trusting;
  await expectGood({ name: 'trust-graph', shownAs: 'trust-graph' }, trusting);
  await page.getByTestId('trust-search').fill('p0044');
  await page.getByTestId('trust-search').press('Enter');
  await page.getByTestId('trust-person').waitFor();
  await expectGood({ name: 'trust-graph-path', shownAs: 'trust-graph-path' }, trusting);
  await page.getByTestId('trust-as-list').click();
  await expectGood({ name: 'trust-list' }, trusting);
  await trusting.close();
  trusting.remove();
  profile.remove();
});

test('cards', async () => {
  const { page } = nora;
  await page.getByTestId('open-scan').click();
  await page.getByTestId('scan-way-text').click();
  await expectGood({ name: 'card-scan' });
  await page.getByTestId('scan-show-own').click();
  await page.getByTestId('own-card').waitFor();
  await expectGood({ name: 'card-own' });
  await page.keyboard.press('Escape');
});

test('the key of an identity', async () => {
  const { page } = nora;
  await page.getByTestId('identity-details').click();
  await page.getByTestId('identity-tab-key').click();
  await page.getByTestId('rotate-subkey').click();
  await page.getByTestId('retired-keys').waitFor();
  await quiet(page);
  await expectGood({ name: 'identity-key' });
  await page.getByTestId('retired-keys').locator('summary').click();
  await page.getByTestId('revoke-key').scrollIntoViewIfNeeded();
  await expectGood({ name: 'identity-key-below' });
  await page.getByTestId('renew-key').click();
  await expectGood({ name: 'renew-key' });
  await page.keyboard.press('Escape');
  await page.getByTestId('replace-key').click();
  await expectGood({ name: 'replace-key' });
  await page.keyboard.press('Escape');
  await page.getByTestId('revoke-key').click();
  await expectGood({ name: 'revoke-key' });
  await page.keyboard.press('Escape');
  await page.getByTestId('announce-move').click();
  await expectGood({ name: 'move-identity' });
  await page.keyboard.press('Escape');
  await page.getByTestId('import-own-key').click();
  await expectGood({ name: 'import-own-key' });
  await page.getByTestId('import-understood').click();
  await expectGood({ name: 'import-own-key-file' });
  await page.keyboard.press('Escape');
  await page.getByTestId('paper-key').click();
  await expectGood({ name: 'paper-key' });
  await page.getByTestId('paper-key-show').click();
  await page.getByTestId('paper-key-words').waitFor();
  await expectGood({ name: 'paper-key-words' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('backups', async () => {
  const { page } = nora;
  await page.getByTestId('open-settings').click();
  await page.getByTestId('make-backup').click();
  await page.getByTestId('new-passphrase').fill(testPassphrase);
  await page.getByTestId('repeat-passphrase').fill(testPassphrase);
  await expectGood({ name: 'make-backup' });
  await page.getByTestId('backup-confirm').click();
  await page.getByTestId('backup-made-dialog').waitFor();
  await expectGood({ name: 'backup-made' });
  await page.getByTestId('backup-test-now').click();
  await page
    .getByTestId('test-backup-file-input')
    .setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear Nora,\n') });
  await page.getByTestId('test-backup-passphrase').fill(testPassphrase);
  await page.getByTestId('test-backup-confirm').click();
  await page.getByTestId('backup-problem-not-a-backup').waitFor();
  await expectGood({ name: 'test-backup' });
  await page.keyboard.press('Escape');
});

test('outbox', async () => {
  await openFolder(nora.page, 'outbox');
  await openMessage(nora.page, 'Ladder');
  await nora.page.getByTestId('try-now').waitFor();
  await quiet(nora.page);
  await expectGood({ name: 'outbox', shownAs: 'outbox' });
  await nora.page.getByTestId('show-history').click();
  await nora.page.getByTestId('history').waitFor();
  await expectGood({ name: 'history' });
});

test('what closing the window means, and what ends with the program', async () => {
  const { app, page } = nora;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await page.getByTestId('closing-dialog').waitFor();
  await expectGood({ name: 'closing' });
  await page.keyboard.press('Escape');
  await page.getByTestId('closing-dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+q');
  await page.getByTestId('quit-dialog').waitFor();
  await expectGood({ name: 'quit' });
  await page.keyboard.press('Escape');
  await page.getByTestId('quit-dialog').waitFor({ state: 'detached' });
});

test('a locked window and a wrong passphrase', async () => {
  nora = await lockedWindow(nora, () => nora.page.getByTestId('lock').click());
  await nora.page.getByTestId('unlock-passphrase').fill('not this one');
  await nora.page.getByTestId('unlock').click();
  await expect(nora.page.getByText('That passphrase is not right.')).toBeVisible();
  await expectGood({ name: 'unlock' });
  await nora.page.getByTestId('lock-everything').click();
  await nora.page.getByRole('heading', { name: 'Posthorn is locked' }).waitFor();
  await expectGood({ name: 'unlock-everything' });
});

test('Tor cannot connect', async () => {
  const { page } = lost;
  await page.getByTestId('tor-status').click();
  await page.getByTestId('tor-details').waitFor();
  await page.locator('[data-testid="tor-status"][data-warning]').waitFor();
  await expectGood({ name: 'tor-trouble', shownAs: 'tor-trouble' }, lost);
});

async function openContact(fullName: string): Promise<void> {
  await nora.page.getByTestId('open-contacts').click();
  await nora.page.getByTestId('contact-row').filter({ hasText: fullName }).click();
  await expect(nora.page.getByTestId('contact-name')).toContainText(fullName);
}

/** Says in the open dialog that the fingerprints were compared. */
async function verifyHere(): Promise<void> {
  await nora.page.getByTestId('compare-tick').check();
  await nora.page.getByTestId('compare-confirm').click();
  await expect(nora.page.getByTestId('contact-standing')).toHaveText('Verified by you');
}

/** One friend makes sure of Nora and of another friend, and introduces them to each other. */
async function introduceToNora(from: Name, about: Name): Promise<void> {
  const { id: identityId } = identityOf(from);
  const verify = async (other: string) => {
    const known = (await friends.core.call('contacts.list', { identityId })).find(
      (contact) => contact.address === other,
    );
    const { id: contactId } =
      known ?? (await friends.core.call('contacts.add', { identityId, address: other, name: '' }));
    const { fingerprint } = await friends.core.call('contacts.fetchKey', { identityId, contactId });
    if (fingerprint === undefined) throw new Error('The key did not come');
    return friends.core.call('contacts.verifyFingerprint', {
      identityId,
      contactId,
      fingerprint,
      certify: { level: 'positive', shared: false },
    });
  };
  const [first, second] = [await verify(address), await verify(identityOf(about).address)];
  await friends.core.call('contacts.introduce', {
    identityId,
    first: first.id,
    second: second.id,
    note: 'She runs the book club at the library.',
  });
}

/**
 * What came in over some days, as far as a test can tell days: several people, a conversation of three, a file, a
 * stranger.
 */
async function deliverLetters(): Promise<void> {
  await friends.send(
    letter(
      'rui',
      'Rehearsal moved to Wednesday',
      'Dear all,\n\nthe hall is taken on Thursday, so we meet on Wednesday at 19:30 instead. Please bring the Duruflé.\n\nRui\n',
    ),
  );
  await friends.send(
    letter(
      'ines',
      'Seeds for the allotment',
      'I have too many tomato seeds again: San Marzano, Black Krim and a yellow one whose name I lost. Do you want some? I can leave them with your neighbour.\n',
    ),
  );
  await friends.send(
    letter(
      'tomas',
      'Re: Bicycle',
      'The back wheel is done. Come by any evening this week, I am in the workshop until eight.\n\nTomáš\n',
    ),
  );
  await friends.send(
    letter(
      'ines',
      'Photographs from Sunday',
      'They are on the stick that I gave to Marta. The one with the dog is the best.\n',
    ),
  );
  await friends.send(
    letter(
      'stranger',
      'From the library book club',
      'Hello Nora,\n\nMarta gave me your address. We read one novel a month and meet on the last Friday; would you like to join us?\n\nBest wishes,\nJudite\n',
    ),
  );
  await friends.send(letter('rui', concertSubject, concert));
  await friends.send(
    letter(
      'tomas',
      'Meeting of the house, 14 October',
      'Agenda:\n\n1. Roof\n2. Bicycles in the hall\n3. Who has the key to the cellar?\n',
    ),
  );
}

/** Nora answers in her window, and Rui once more with a file. */
async function goOnAboutTheConcert(): Promise<void> {
  const { page } = nora;
  await openMessage(page, concertSubject);
  await page.getByTestId('reply').click();
  await page
    .getByTestId('compose-text')
    .fill('Bruckner before the break, please, and no accent. The solo: yes, if Ana agrees.\n\nNora\n');
  await page.getByTestId('compose-send').click();
  const { id: inReplyTo } = await friends.received(`Re: ${concertSubject}`);
  const { id: identityId } = identityOf('rui');
  const content = { to: [address], cc: [], bcc: [], subject: `Re: ${concertSubject}`, text: lastWord, inReplyTo };
  const { id: draftId } = await friends.core.call('drafts.save', { identityId, content });
  await friends.core.call('drafts.attach', {
    identityId,
    draftId,
    filename: 'autumn-programme.pdf',
    contentType: 'application/pdf',
    content: new Uint8Array(412_345),
  });
  await friends.delivery(await friends.core.call('messages.submit', { identityId, draftId }), 'delivered');
}

const concertSubject = 'Programme for the autumn concert';

const lastWord = `Ana agrees and sends her love. Here is the final version; it goes to the printer tomorrow at noon unless you find a mistake.

Rui
`;

const concert = `Dear Nora,

here is the draft of the programme. Three questions before I have it printed:

- Do we sing the Bruckner before the break or after it?
- Is your name spelt with or without the accent?
- May I list you for the solo in the last piece?

The hall wants the final version by Friday. More about it at https://choir.example/autumn.

Warmly,
Rui
`;
