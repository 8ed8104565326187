import type { RunningApp } from './launch-app';

/**
 * Locks a window and answers the same program with the page that has taken the place of the one that knew mail.
 * @param lock what the person does to lock it
 */
export async function lockedWindow<Window extends RunningApp>(
  window: Window,
  lock: () => Promise<unknown>,
): Promise<Window> {
  const [page] = await Promise.all([window.app.waitForEvent('window'), lock()]);
  await page.getByTestId('unlock-form').waitFor();
  return { ...window, page };
}
