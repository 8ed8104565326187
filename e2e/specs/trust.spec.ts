import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { Contact } from '../../shared/contact';
import type { Identity } from '../../shared/identity';
import { accessibilityProblems } from '../harness/window/accessibility';
import { focused, tabTo } from '../harness/window/keyboard';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, openMessage } from '../harness/people/write-mail';

/**
 * Nora in a window; Bob, Carol and Dave in another program. From a compared fingerprint to an introduction, and back.
 */
test.describe.configure({ mode: 'serial' });

let window: WindowPerson;
let others: Person;

const people = ['bob', 'carol', 'dave'] as const;
type Name = (typeof people)[number];
const called: Readonly<Record<Name, string>> = { bob: 'Bob Larsen', carol: 'Carol', dave: 'Dave' };

test.beforeAll(async () => {
  const torrc = tornetLines();
  [window, others] = await Promise.all([
    startPerson({ localPart: 'nora', torrc }),
    Person.start({ name: 'others', torrc, localParts: people }),
  ]);
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await Promise.all([window.close(), others.end()]);
  window.remove();
});

const identityOf = (name: Name): Identity => others.identities[people.indexOf(name)]!;
const page = () => window.page;
const standing = () => page().getByTestId('contact-standing');
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page().keyboard.press(key);
};

async function addContact(name: Name): Promise<void> {
  await page().getByTestId('add-contact').click();
  await page().getByTestId('add-contact-address').fill(identityOf(name).address);
  await page().getByTestId('add-contact-name').fill(called[name]);
  await page().getByTestId('add-contact-confirm').click();
  await page().getByTestId('add-contact-dialog').waitFor({ state: 'detached' });
  await expect(page().getByTestId('contact-name')).toHaveText(called[name]);
}

async function openContact(name: Name): Promise<void> {
  await page().getByTestId('open-contacts').click();
  await page().getByTestId('contact-row').filter({ hasText: called[name] }).click();
  await expect(page().getByTestId('contact-name')).toHaveText(called[name]);
}

/** The fingerprint as the dialog shows it to be read aloud. */
async function shownFingerprint(): Promise<string> {
  const text = await page()
    .getByTestId('compare-dialog')
    .getByRole('region', { name: 'Theirs' })
    .getByTestId('fingerprint')
    .innerText();
  return text.replace(/\s+/gu, '');
}

/** Somebody in the other program makes sure of another address, and says so in private. */
async function verifiedBy({ id: identityId }: Identity, address: string): Promise<Contact> {
  const known = (await others.core.call('contacts.list', { identityId })).find(
    (contact) => contact.address === address,
  );
  const { id: contactId } = known ?? (await others.core.call('contacts.add', { identityId, address, name: '' }));
  const { fingerprint } = await others.core.call('contacts.fetchKey', { identityId, contactId });
  if (fingerprint === undefined) throw new Error('The key did not come');
  return others.core.call('contacts.verifyFingerprint', {
    identityId,
    contactId,
    fingerprint,
    certify: { level: 'positive', shared: false },
  });
}

test('verify somebody by their fingerprint, by keyboard alone', async () => {
  await page().getByTestId('open-contacts').click();
  await addContact('bob');
  await expect(standing()).toHaveText('No key yet');
  await tabTo(page(), 'contact-fetch-key');
  await press('Enter');
  await expect(standing()).toHaveText('Not verified yet');
  await expect(page().getByTestId('standing-sentence')).toContainText(
    'you have not checked that the address is theirs',
  );
  await tabTo(page(), 'contact-compare', { key: 'Shift+Tab' });
  await press('Enter');
  await page().getByTestId('compare-dialog').waitFor();
  expect(await shownFingerprint()).toBe(identityOf('bob').fingerprint);
  expect(await accessibilityProblems(page())).toEqual([]);
  await tabTo(page(), 'compare-confirm');
  await press('Enter');
  await expect(page().getByText('Compare it first, and say so here.')).toBeVisible();
  await tabTo(page(), 'compare-tick', { key: 'Shift+Tab' });
  await press('Space', 'Enter');
  await expect(standing()).toHaveText('Verified by you');
  await expect(page().getByTestId('standing-sentence')).toContainText('by comparing fingerprints');
  await expect(page().locator('[data-testid="voucher"][data-state="good"]').filter({ hasText: 'You' })).toContainText(
    'private',
  );
  expect(await accessibilityProblems(page())).toEqual([]);
});

test('the list knows who is verified, by keyboard too', async () => {
  await addContact('carol');
  await page().getByTestId('contact-rows').focus();
  await press('ArrowUp');
  await expect(page().getByTestId('contact-name')).toHaveText(called.bob);
  expect(await focused(page())).toBe('contact-rows');
  await page().getByTestId('contacts-filter-verified').click();
  await expect(page().getByTestId('contact-row')).toHaveCount(1);
  await page().getByTestId('contacts-filter-unverified').click();
  await expect(page().getByTestId('contact-row')).toContainText(called.carol);
  await page().getByTestId('contacts-filter-all').click();
});

test('name an introducer', async () => {
  await openContact('bob');
  await page().getByTestId('contact-introducer').click();
  await page().getByTestId('introducer-more').click();
  await expect(page().getByTestId('introducer-depth-5')).toBeVisible();
  expect(await accessibilityProblems(page())).toEqual([]);
  await page().getByTestId('introducer-save').click();
  await expect(page().getByTestId('trust-card')).toContainText(
    'They introduce people whom they have verified themselves. Their word alone is enough.',
  );
});

test('introduce two people to each other', async () => {
  await openContact('carol');
  await page().getByTestId('contact-fetch-key').click();
  await expect(standing()).toHaveText('Not verified yet');
  await page().getByTestId('contact-compare').click();
  await page().getByTestId('compare-tick').check();
  await page().getByTestId('compare-confirm').click();
  await expect(standing()).toHaveText('Verified by you');
  await page().getByTestId('contact-introduce').click();
  await page().getByTestId('introduce-search').fill('lars');
  await page().getByTestId('introduce-person').click();
  await page().getByTestId('introduce-note').fill('You both keep bees.');
  const sides = page().getByTestId('introduce-side');
  await expect(sides.filter({ hasText: 'Carol learns' })).toContainText('bob@');
  await expect(sides.filter({ hasText: 'Bob Larsen learns' })).toContainText('You both keep bees.');
  expect(await accessibilityProblems(page())).toEqual([]);
  await page().getByTestId('introduce-send').click();
  await page().getByTestId('introduce-dialog').waitFor({ state: 'detached' });
  const toBob = await others.received('Introducing carol');
  const cards = await others.core.call('messages.cards', { identityId: identityOf('bob').id, messageId: toBob.id });
  expect(cards.map(({ address }) => address)).toEqual([identityOf('carol').address]);
  await others.received('Introducing bob');
});

test('be introduced: the card, and mail of the person', async () => {
  const [bob, dave] = [identityOf('bob'), identityOf('dave')];
  const [first, second] = [await verifiedBy(bob, window.address), await verifiedBy(bob, dave.address)];
  await others.core.call('contacts.introduce', {
    identityId: bob.id,
    first: first.id,
    second: second.id,
    note: 'A friend from the hills.',
  });
  await openFolder(page(), 'inbox');
  await openMessage(page(), 'Introducing dave');
  const card = page().getByTestId('introduced-person');
  await expect(card).toContainText('dave@');
  await expect(page().getByTestId('trust-badge')).toHaveAttribute('data-standing', 'verified');
  await others.send({ from: dave, to: window.address, subject: 'Greetings from Dave' });
  await openMessage(page(), 'Greetings from Dave');
  await expect(page().getByTestId('introduced-banner')).toContainText('Introduced by Bob Larsen');
  await page().getByTestId('introduced-why').click();
  await expect(page().getByTestId('standing-path')).toContainText('Bob Larsen');
  await press('Escape');
  expect(await accessibilityProblems(page())).toEqual([]);
  await openMessage(page(), 'Introducing dave');
  await card.getByTestId('introduced-person-add').click();
  await expect(card.getByTestId('introduced-person-standing')).toHaveText('Introduced by Bob Larsen');
  expect(await accessibilityProblems(page())).toEqual([]);
});

test('a changed key is shown, explained and accepted', async () => {
  const carol = identityOf('carol');
  await others.core.call('identities.replaceKey', { identityId: carol.id });
  await openContact('carol');
  await page().getByTestId('contact-fetch-key').click();
  const banner = page().getByTestId('standing-banner');
  await expect(banner).toContainText('the key that you had verified signs for the new one');
  await expect(page().locator(`[data-testid="contact-row"][data-address="${carol.address}"]`)).toHaveAttribute(
    'data-standing',
    'changed',
  );
  expect(await accessibilityProblems(page())).toEqual([]);
  await page().getByTestId('accept-key').click();
  await page().getByTestId('confirm-button').click();
  await expect(standing()).toHaveText('Verified by you');
  await expect(banner).toHaveCount(0);
});

test('export a key', async () => {
  await openContact('bob');
  await page().getByTestId('contact-export-key').click();
  await page().getByTestId('export-keys-save').click();
  await page().getByTestId('export-keys-dialog').waitFor({ state: 'detached' });
  const file = join(window.saveDirectory, 'bob-public.asc');
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8'))
    .toContain('-----BEGIN PGP PUBLIC KEY BLOCK-----');
  await page().getByTestId('contacts-menu').click();
  await page().getByTestId('import-keys').click();
  await page().getByTestId('import-keys-file').setInputFiles(file);
  await expect(page().getByTestId('import-report')).toBeVisible();
  await press('Escape');
});

test('somebody moves, and is followed when the person says so', async () => {
  const carol = identityOf('carol');
  const { id: contactId } = await verifiedBy(carol, window.address);
  const home = await others.core.call('identities.create', { localPart: 'carol', label: '', colour: 'blue' });
  await others.core.call('identities.announceMove', {
    identityId: carol.id,
    toIdentityId: home.id,
    contactIds: [contactId],
  });
  await openContact('carol');
  await expect(page().getByTestId('move-banner')).toContainText('Carol says that they have moved');
  expect(await accessibilityProblems(page())).toEqual([]);
  await page().getByTestId('move-follow').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('verified as this one was');
  await page().getByTestId('confirm-button').click();
  // Until the new contact is shown there are two addresses: that of the banner, and the one left behind.
  await expect(page().getByTestId('move-banner')).toHaveCount(0);
  await expect(page().getByTestId('contact-details').getByTestId('full-address')).toHaveAttribute(
    'data-address',
    home.address,
  );
  await expect(standing()).toHaveText('Verified by you');
  await expect(page().getByTestId('contact-row').filter({ hasText: called.carol })).toHaveCount(2);
});

test('take it back, and what was built on it goes too', async () => {
  await openContact('bob');
  await page().getByTestId('contact-take-back').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('They introduce nobody to you any more');
  await page().getByTestId('confirm-button').click();
  await expect(standing()).toHaveText('Not verified yet');
  await page()
    .locator(`[data-testid="contact-row"][data-address="${identityOf('dave').address}"]`)
    .click();
  await expect(standing()).toHaveText('Not verified yet');
});

test('a revoked key is told, cannot come back, and gives way to a new one', async () => {
  const dave = identityOf('dave');
  const { key: old } = await others.core.call('identities.exportPublicKey', { identityId: dave.id });
  await others.core.call('identities.revokeKey', {
    identityId: dave.id,
    reason: 'compromised',
    confirmAddress: dave.address,
  });
  await page().locator(`[data-testid="contact-row"][data-address="${dave.address}"]`).click();
  await page().getByTestId('contact-fetch-key').click();
  const banner = page().getByTestId('standing-banner');
  await expect(banner).toContainText('declared this key invalid for ever');
  await expect(standing()).toHaveText('Key revoked');

  await page().getByTestId('contacts-menu').click();
  await page().getByTestId('import-keys').click();
  await page()
    .getByTestId('import-keys-file')
    .setInputFiles({ name: 'old.asc', mimeType: 'application/pgp-keys', buffer: Buffer.from(old) });
  await expect(page().getByTestId('import-report')).toBeVisible();
  await press('Escape');
  await expect(standing()).toHaveText('Key revoked');

  await others.core.call('identities.replaceKey', { identityId: dave.id });
  await page().getByTestId('contact-fetch-key').click();
  await expect(standing()).toHaveText('Key changed');
  expect(await accessibilityProblems(page())).toEqual([]);
});
