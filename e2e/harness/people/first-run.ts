import type { Page } from 'playwright';

export const testPassphrase = 'correct horse battery staple';

/**
 * Goes through the first run: passphrase, first identity, to the empty mailbox.
 * @returns the new identity's address
 */
export async function firstRun(
  page: Page,
  { localPart, passphrase = testPassphrase }: { localPart: string; passphrase?: string },
): Promise<string> {
  await choosePassphrase(page, passphrase);
  const address = await createFirstIdentity(page, localPart);
  await page.getByTestId('welcome-done').click();
  await page.getByTestId('main-window').waitFor();
  return address;
}

/** First step: the passphrase of a new profile. Hardening it takes a second or more. */
export async function choosePassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByTestId('new-passphrase').fill(passphrase);
  await page.getByTestId('repeat-passphrase').fill(passphrase);
  await page.getByTestId('create-profile').click();
  await page.getByTestId('welcome-identity-form').waitFor();
}

/** Second step: the first identity; ends at the step that shows its address. */
export async function createFirstIdentity(page: Page, localPart: string): Promise<string> {
  await page.getByTestId('identity-local-part').fill(localPart);
  await page.getByTestId('create-identity').click();
  await page.getByTestId('welcome-address').waitFor();
  return shownAddress(page);
}

/** The address as the page shows it, which it may group with spaces or line breaks. */
export async function shownAddress(page: Page): Promise<string> {
  const text = await page.getByTestId('full-address').first().innerText();
  const address = text.replace(/\s+/gu, '');
  if (!/^[^@]+@[a-z2-7]{56}\.onion$/u.test(address)) throw new Error(`The window shows no address but «${address}»`);
  return address;
}

/** Opens a locked profile. */
export async function unlockProfile(page: Page, passphrase = testPassphrase): Promise<void> {
  await page.getByTestId('unlock-passphrase').fill(passphrase);
  await page.getByTestId('unlock').click();
  await page.getByTestId('main-window').waitFor();
}
