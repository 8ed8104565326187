import type { Page } from 'playwright';

export type MailToWrite = {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Paths of files to attach. */
  readonly files?: readonly string[];
};

/** Writes a message in the composer and sends it; ends when the composer has closed. */
export async function writeMail(page: Page, mail: MailToWrite): Promise<void> {
  await page.getByTestId('compose').click();
  await page.getByTestId('composer').waitFor();
  for (const address of mail.to) {
    await page.getByTestId('compose-to').fill(address);
    await page.getByTestId('compose-to').press('Enter');
  }
  await page.getByTestId('compose-subject').fill(mail.subject);
  await page.getByTestId('compose-text').fill(mail.text);
  if (mail.files !== undefined && mail.files.length > 0) {
    await page.getByTestId('compose-file-input').setInputFiles([...mail.files]);
    await page
      .locator('[data-testid="compose-attachment"][data-stored]')
      .nth(mail.files.length - 1)
      .waitFor();
  }
  await page.getByTestId('compose-send').click();
  await page.getByTestId('composer').waitFor({ state: 'detached' });
}

/** Opens a folder of the identity that is on show. */
export async function openFolder(
  page: Page,
  folder: 'inbox' | 'requests' | 'drafts' | 'outbox' | 'sent' | 'archive' | 'trash',
): Promise<void> {
  await page.getByTestId(`folder-${folder}`).click();
}

/** Opens the message with this subject from the list that is on show, once it is there. */
export async function openMessage(page: Page, subject: string, timeoutMs = 120_000): Promise<void> {
  await page.getByTestId('thread-row').filter({ hasText: subject }).first().click({ timeout: timeoutMs });
}
