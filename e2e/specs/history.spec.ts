import { expect, test } from 'playwright/test';
import { accessibilityProblems } from '../harness/window/accessibility';
import { tabTo } from '../harness/window/keyboard';
import { Person } from '../harness/people/person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';

/** What became of a message, as its sender sees it, and what its reader lets them see. */
test.describe.configure({ mode: 'serial' });

let nora: WindowPerson;
let friend: Person;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [nora, friend] = await Promise.all([
    startPerson({ localPart: 'nora', torrc }),
    Person.start({ name: 'friend', torrc, localParts: ['friend'] }),
  ]);
});

test.afterAll(async () => {
  await Promise.all([nora.close(), friend.end()]);
  nora.remove();
});

const kinds = () =>
  nora.page
    .getByTestId('history-entry')
    .evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-kind')));

test('a delivered message tells how it came that far, by keyboard too', async () => {
  const { page } = nora;
  await writeMail(page, { to: [friend.identity.address], subject: 'Ladder', text: 'May I borrow it?' });
  await friend.received('Ladder');
  await openFolder(page, 'sent');
  await openMessage(page, 'Ladder');
  await page.getByTestId('delivery-history').waitFor();
  await tabTo(page, 'show-history');
  await expect(page.getByTestId('show-history')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('show-history')).toHaveAttribute('aria-expanded', 'true');
  await page.getByTestId('history').waitFor();
  const seen = await kinds();
  expect(seen[0]).toBe('queued');
  expect(seen.at(-1)).toBe('accepted');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a receipt of a reader who chose so shows at once', async () => {
  const { page } = nora;
  const { id: identityId } = friend.identity;
  const { id: messageId } = await friend.received('Ladder');
  const { id: contactId } = await friend.core.call('requests.accept', { identityId, messageId });
  await friend.core.call('contacts.update', { identityId, contactId, sendsReadReceipts: true });
  await friend.core.call('messages.setFlags', { identityId, messageIds: [messageId], seen: true });
  await expect(page.locator('[data-testid="history-entry"][data-kind="read"]')).toBeVisible();
  await expect(page.getByTestId('row-delivery').first()).toContainText('Read');
});

test('whether others learn that their mail was read is off until it is chosen, for each alone', async () => {
  const { page } = nora;
  await page.getByTestId('open-contacts').click();
  await page.getByTestId('contact-row').first().click();
  const choice = page.getByTestId('contact-read-receipts');
  await expect(choice).toHaveAttribute('aria-checked', 'false');
  await choice.click();
  await expect(choice).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByTestId('contact-holders')).toContainText('until you are both online');
  const message = await friend.send({ from: friend.identity, to: nora.address, subject: 'Yes, on Saturday' });
  await openFolder(page, 'inbox');
  await openMessage(page, 'Yes, on Saturday');
  await friend.core.event(
    (event) =>
      event.type === 'delivery.changed' && event.delivery.messageId === message.id ? event.delivery.readAt : undefined,
    { what: 'the receipt to come' },
  );
});
