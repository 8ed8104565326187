import { useEffect, useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { setFirstRun } from '../../state/first-run';
import { useProfile } from '../../state/profile';
import { AddressStep } from './AddressStep';
import { IdentityStep } from './IdentityStep';
import { PassphraseStep } from './PassphraseStep';

/**
 * The first run: a passphrase, a first identity, its address. Shown while the profile is new, and until the person has
 * seen their address (`useFirstRun`); without a profile to make, it begins at the identity.
 */
export const WelcomePage = () => {
  const [identity, setIdentity] = useState<Identity>();
  const phase = useProfile((profile) => profile.phase);
  useEffect(() => {
    setFirstRun(true);
    return () => setFirstRun(false);
  }, []);
  if (identity) return <AddressStep identity={identity} onDone={() => setFirstRun(false)} />;
  if (phase === 'unlocked') return <IdentityStep onCreated={setIdentity} />;
  return <PassphraseStep />;
};
