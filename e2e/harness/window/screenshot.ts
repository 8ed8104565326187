import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Page } from 'playwright';

/**
 * Saves what the window shows as a PNG, still: no caret, no half-way animations.
 * @param name file name without ending
 * @param folder below the project's folder
 */
export async function saveScreenshot(page: Page, name: string, folder = 'test-results/screenshots'): Promise<string> {
  const path = resolve(folder, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}
