import type { UnlockOutcome } from '../../../shared/contract/core-contract';
import type { Services } from '../../state/services';

/** Tries the passphrase that the desktop's keyring keeps; `forgotten` when it keeps none any more. */
export const unlockFromKeyring = async (
  services: Pick<Services, 'core' | 'shell'>,
): Promise<UnlockOutcome | { readonly outcome: 'forgotten' }> => {
  const { passphrase } = await services.shell.call('keyring.recall', {});
  if (passphrase === undefined) return { outcome: 'forgotten' };
  return services.core.call('profile.unlock', { passphrase });
};
