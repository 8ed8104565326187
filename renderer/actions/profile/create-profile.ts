import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';

export type NewProfile = { readonly passphrase: string; readonly remember: boolean };

/**
 * Makes the profile, which takes a second or two, and leaves the passphrase with the keyring when asked. Throws what
 * the core threw.
 */
export const createProfile = async ({ core, shell }: Services, { passphrase, remember }: NewProfile): Promise<void> => {
  await core.call('profile.create', { passphrase });
  if (remember) await rememberPassphrase({ shell }, passphrase);
};

/** Leaves the passphrase with the desktop's keyring; a failure is told but does no harm. */
export const rememberPassphrase = async ({ shell }: Pick<Services, 'shell'>, passphrase: string): Promise<void> => {
  try {
    await shell.call('keyring.remember', { passphrase });
  } catch {
    showToast({ text: 'The keyring did not keep the passphrase. You will be asked for it next time.', tone: 'danger' });
  }
};
