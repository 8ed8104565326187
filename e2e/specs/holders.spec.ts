import { expect, test } from 'playwright/test';
import type { CustodyOverview } from '../../shared/custody';
import { defaultHoldTerms } from '../../shared/custody';
import type { ContactId } from '../../shared/ids';
import type { Identity } from '../../shared/identity';
import { present } from '../../shared/present';
import { accessibilityProblems } from '../harness/window/accessibility';
import { pictures } from '../harness/window/gallery';
import { tabTo } from '../harness/window/keyboard';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder } from '../harness/people/write-mail';

/** Nora in a window; Dave, and a machine of her own, in another program. They ask, agree and end in both directions. */
test.describe.configure({ mode: 'serial' });

let window: WindowPerson;
let others: Person;
/** Nora in Dave's address book. */
let nora: ContactId;

const localParts = ['dave', 'cellar'] as const;
const page = () => window.page;
const row = (kind: 'holder' | 'client', { address }: Identity) =>
  page().locator(`[data-testid="${kind}"][data-address="${address}"]`);
const identityOf = (name: (typeof localParts)[number]): Identity => others.identities[localParts.indexOf(name)]!;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [window, others] = await Promise.all([
    startPerson({ localPart: 'nora', torrc }),
    Person.start({ name: 'others', torrc, localParts }),
  ]);
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
  [nora] = await Promise.all([verifiedByDave(), verifyDave()]);
});

test.afterAll(async () => {
  await Promise.all([window.close(), others.end()]);
  window.remove();
});

async function verifiedByDave(): Promise<ContactId> {
  const { id: identityId } = identityOf('dave');
  const { id: contactId } = await others.core.call('contacts.add', {
    identityId,
    address: window.address,
    name: 'Nora',
  });
  const { fingerprint } = await others.core.call('contacts.fetchKey', { identityId, contactId });
  if (fingerprint === undefined) throw new Error('The key did not come');
  await others.core.call('contacts.verifyFingerprint', {
    identityId,
    contactId,
    fingerprint,
    certify: { level: 'positive', shared: false },
  });
  return contactId;
}

async function verifyDave(): Promise<void> {
  await page().getByTestId('open-contacts').click();
  await page().getByTestId('add-contact').click();
  await page().getByTestId('add-contact-address').fill(identityOf('dave').address);
  await page().getByTestId('add-contact-name').fill('Dave');
  await page().getByTestId('add-contact-confirm').click();
  await page().getByTestId('contact-fetch-key').click();
  await page().getByTestId('contact-compare').click();
  await page().getByTestId('compare-tick').check();
  await page().getByTestId('compare-confirm').click();
  await expect(page().getByTestId('contact-standing')).toHaveText('Verified by you');
}

/** Resolves when what Dave knows of who keeps whose mail is so, now or later. */
async function atDaves(is: (holding: CustodyOverview) => boolean): Promise<CustodyOverview> {
  const { id: identityId } = identityOf('dave');
  let holding: CustodyOverview | undefined;
  await expect
    .poll(async () => {
      holding = await others.core.call('holding.view', { identityId });
      return is(holding);
    })
    .toBe(true);
  return holding!;
}

/** Takes the notes away; what they say has been said. */
async function quiet(): Promise<void> {
  await page()
    .getByTestId('toast')
    .getByRole('button', { name: 'Dismiss' })
    .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
  await expect(page().getByTestId('toast')).toHaveCount(0);
}

const expectGood = async (name: string, shownAs?: string): Promise<void> => {
  await quiet();
  expect(await pictures(window, present({ name, shownAs }))).toEqual([]);
};

test('who has nobody is told why, and asks a friend', async () => {
  await openFolder(page(), 'inbox');
  await expect(page().getByTestId('holder-hint')).toContainText('When your computer is off, nobody can reach you');
  await page().getByTestId('holder-hint-open').click();
  await expect(page().getByTestId('holders-empty')).toContainText('they never see who writes');
  await tabTo(page(), 'ask-contact');
  await page().keyboard.press('Enter');
  await page().getByTestId('ask-person').filter({ hasText: 'Dave' }).click();
  await expect(page().getByTestId('ask-dialog')).toContainText('when you come online');
  expect(await accessibilityProblems(page())).toEqual([]);
  await page().getByTestId('ask-quota').click();
  await page().getByRole('option', { name: '250 MB' }).click();
  await page().getByTestId('ask-confirm').click();
  await expect(row('holder', identityOf('dave')).getByTestId('holding-state')).toHaveText('Waiting for an answer');
});

test('the friend agrees', async () => {
  const { clients } = await atDaves((holding) => holding.clients.some(({ state }) => state === 'asked'));
  expect(clients[0]?.terms.quotaBytes).toBe(250 * 1_024 * 1_024);
  await others.core.call('holding.answer', {
    identityId: identityOf('dave').id,
    agreementId: clients[0]!.agreementId,
    accept: true,
  });
  await expect(row('holder', identityOf('dave')).getByTestId('holding-state')).toHaveText('Keeps mail for you');
  await openFolder(page(), 'inbox');
  await expect(page().getByTestId('holder-hint')).toHaveCount(0);
});

test('a friend asks, and is answered with open eyes', async () => {
  await others.core.call('holding.ask', {
    identityId: identityOf('dave').id,
    contactId: nora,
    terms: defaultHoldTerms,
  });
  await expect(page().getByTestId('request-to-keep')).toContainText('Dave asks you to keep their mail');
  await expect(page().getByTestId('open-holders')).toHaveAttribute('data-count', '1');
  await page().getByTestId('request-look').click();
  await expect(page().getByTestId('keeping-request')).toContainText('Up to 100 MB of this computer’s disk');
  await expectGood('holders-request', 'while-away');
  await page().getByTestId('request-accept').click();
  await expect(row('client', identityOf('dave')).getByTestId('client-kept')).toHaveText('Nothing kept now, of 100 MB');
  await expect(page().getByTestId('keeping-request')).toHaveCount(0);
  await atDaves(({ holders }) => holders.some(({ state }) => state === 'active'));
});

test('a machine of one’s own needs no answer, but its right code', async () => {
  await page().getByTestId('use-own-machine').click();
  await page().getByTestId('own-machine-code').fill('anything else');
  await page().getByTestId('own-machine-connect').click();
  await expect(page().getByTestId('own-machine-dialog')).toContainText('This is not a pairing code');
  expect(await accessibilityProblems(page())).toEqual([]);
  const { text } = await others.core.call('holding.pairingCode', { identityId: identityOf('cellar').id });
  await page().getByTestId('own-machine-code').fill(text);
  await page().getByTestId('own-machine-name').fill('Cellar');
  await page().getByTestId('own-machine-connect').click();
  await expect(row('holder', identityOf('cellar')).getByTestId('holding-state')).toHaveText('Keeps mail for you');
  await page().getByTestId('holders-menu').click();
  await page().getByTestId('show-pairing-code').click();
  await expect(page().getByTestId('pairing-code')).toContainText('@');
  await page().keyboard.press('Escape');
});

test('who deletes an identity is told whom it leaves without', async () => {
  await page().getByTestId('identity-details').click();
  await page().getByTestId('delete-identity').click();
  await expect(page().getByTestId('delete-identity-relying')).toContainText('Dave can have mail kept with you.');
  await expectGood('delete-relied-on');
  await page().keyboard.press('Escape');
  await page().keyboard.press('Escape');
  await expect(page().getByTestId('identity-sheet')).toHaveCount(0);
});

test('either of the two ends it', async () => {
  await expectGood('holders-both');
  await row('client', identityOf('dave')).getByTestId('client-end').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('Dave is told');
  await page().getByTestId('confirm-button').click();
  await expect(row('client', identityOf('dave')).getByTestId('holding-state')).toHaveText('Ended by you');
  const { clients } = await atDaves(({ holders }) => holders[0]?.endedBy === 'them');
  await others.core.call('holding.end', { identityId: identityOf('dave').id, agreementId: clients[0]!.agreementId });
  await expect(row('holder', identityOf('dave')).getByTestId('holding-state')).toHaveText('Ended by them');
  await row('holder', identityOf('dave')).getByTestId('holder-forget').click();
  await expect(row('holder', identityOf('dave'))).toHaveCount(0);
});

test('the hint comes back when nobody is left, and goes for good', async () => {
  await row('holder', identityOf('cellar')).getByTestId('holder-end').click();
  await expect(page().getByTestId('confirm-dialog')).toContainText('After that nobody keeps your mail');
  await page().getByTestId('confirm-button').click();
  await openFolder(page(), 'inbox');
  await page().getByTestId('holder-hint-dismiss').click();
  await expect(page().getByTestId('holder-hint')).toHaveCount(0);
});
