import type { RunningApp } from './launch-app';
import { launchApp } from './launch-app';
import { unlockProfile } from '../people/first-run';
import type { TrustProfile } from '../people/trust-profile';

/** Opens a profile's window at its web of trust, and waits until all of it is drawn. */
export async function openTrustWindow({ profile, people }: TrustProfile): Promise<RunningApp> {
  const window = await launchApp({ name: 'trust-window', profile });
  await unlockProfile(window.page);
  await window.page.getByTestId('open-contacts').click();
  await window.page.getByTestId('open-trust').click();
  await window.page.locator(`[data-testid="trust-canvas"][data-drawn="${String(people + 1)}"]`).waitFor();
  return window;
}
