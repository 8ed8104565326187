import { useEffect, useState } from 'react';
import { useServices } from '../../state/services';

/** What this desktop's keyring can do for the passphrase; nothing until it has answered. */
export type KeyringState = { readonly available: boolean; readonly remembered: boolean };

/** Asks the desktop once for its keyring; a desktop that fails to answer has none. */
export const useKeyring = (): { readonly keyring: KeyringState; readonly refresh: () => void } => {
  const { shell } = useServices();
  const [keyring, setKeyring] = useState<KeyringState>({ available: false, remembered: false });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    shell.call('keyring.state', {}).then(
      (state) => wanted && setKeyring(state),
      () => wanted && setKeyring({ available: false, remembered: false }),
    );
    return () => void (wanted = false);
  }, [shell, round]);
  return { keyring, refresh: () => setRound((count) => count + 1) };
};
