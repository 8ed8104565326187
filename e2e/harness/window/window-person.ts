import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { firstRun } from '../people/first-run';
import type { RunningApp } from './launch-app';
import { launchApp } from './launch-app';
import { patienceMs } from '../process/patience';

/** Somebody with a window of their own and an address at which they can be reached. */
export type WindowPerson = RunningApp & { readonly address: string };

/** Starts a new window on the network and goes through the first run; ends when the identity can be reached. */
export async function startPerson({
  localPart,
  torrc,
}: {
  readonly localPart: string;
  readonly torrc: readonly string[];
}): Promise<WindowPerson> {
  const window = await launchApp({ name: localPart, torrc });
  const address = await firstRun(window.page, { localPart });
  await reachable(window.page);
  return { ...window, address };
}

/** Waits until this many identities in the rail can be reached. */
export async function reachable(page: Page, count = 1): Promise<void> {
  await page
    .locator('[data-testid="identity-item"][data-reachability="online"]')
    .nth(count - 1)
    .waitFor();
}

/** The rail's entry of the identity with this local part or label. */
export const identityItem = (page: Page, name: string) =>
  page.getByTestId('identity-item').filter({ hasText: new RegExp(`^.?${name}`, 'u') });

/** A file of random octets in the person's folder, and its SHA-256 in hexadecimal. */
export function randomFile(
  person: RunningApp,
  { name, octets }: { readonly name: string; readonly octets: number },
): { readonly path: string; readonly sha256: string } {
  const path = join(person.saveDirectory, name);
  const content = randomBytes(octets);
  writeFileSync(path, content);
  return { path, sha256: sha256(content) };
}

/** Saves the attachment of the open message and waits until the file on the disk is this one. */
export async function expectSaved(
  person: RunningApp,
  { name, sha256: wanted }: { readonly name: string; readonly sha256: string },
): Promise<void> {
  await person.page
    .locator(`[data-testid="attachment"][data-filename="${name}"]`)
    .getByTestId('save-attachment')
    .click();
  const path = join(person.saveDirectory, name);
  await expect
    .poll(() => (existsSync(path) ? sha256(readFileSync(path)) : undefined), { timeout: patienceMs })
    .toBe(wanted);
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Waits until the window has shown a transfer at between 1 and 99 percent, however briefly. */
export async function sawProgress(page: Page, testId: 'row-delivery' | 'incoming-transfer'): Promise<void> {
  const text = page.getByTestId(testId).filter({ hasText: /(?<!\d)[1-9]\d? %/u });
  const bar = page
    .getByTestId(testId)
    .locator('[role="progressbar"][aria-valuenow]:not([aria-valuenow="0"]):not([aria-valuenow="100"])');
  await text.or(bar).first().waitFor();
}
