import type { UnlockOutcome } from '../../../shared/core-contract';
import type { Services } from '../../state/services';

/** Tries a passphrase. Throws what the core threw. */
export const unlockProfile = ({ core }: Pick<Services, 'core'>, passphrase: string): Promise<UnlockOutcome> =>
  core.call('profile.unlock', { passphrase });

/** Tries the passphrase that the desktop's keyring keeps; `forgotten` when it keeps none any more. */
export const unlockFromKeyring = async (
  services: Pick<Services, 'core' | 'shell'>,
): Promise<UnlockOutcome | { readonly outcome: 'forgotten' }> => {
  const { passphrase } = await services.shell.call('keyring.recall', {});
  return passphrase === undefined ? { outcome: 'forgotten' } : unlockProfile(services, passphrase);
};
