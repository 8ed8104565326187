import { useEffect, useState } from 'react';
import type { BackupContents } from '../../../shared/backup';
import type { Identity } from '../../../shared/identity';
import { setFirstRun } from '../../state/first-run';
import { useProfile } from '../../state/profile';
import { AddressStep } from './AddressStep';
import { IdentityStep } from './IdentityStep';
import { PaperStep } from './PaperStep';
import { PassphraseStep } from './PassphraseStep';
import { RestoredStep } from './RestoredStep';
import { RestoreStep } from './RestoreStep';
import type { WelcomeWay } from './welcome-way';

const done = (): void => setFirstRun(false);

/**
 * The first run: a passphrase, a first identity, its address; or a backup, or a paper key instead. Shown while the
 * profile is new, and until the person has seen their address (`useFirstRun`); without a profile to make, it begins at
 * the identity.
 */
export const WelcomePage = () => {
  const [way, setWay] = useState<WelcomeWay>('new');
  const [identity, setIdentity] = useState<Identity>();
  const [restored, setRestored] = useState<BackupContents>();
  const phase = useProfile((profile) => profile.phase);
  useEffect(() => {
    setFirstRun(true);
    return () => setFirstRun(false);
  }, []);
  if (restored) return <RestoredStep contents={restored} onDone={done} />;
  if (identity) return <AddressStep identity={identity} onDone={done} />;
  if (way === 'backup') return <RestoreStep onWay={setWay} onRestored={setRestored} />;
  if (phase !== 'unlocked') return <PassphraseStep key={way} way={way} onWay={setWay} />;
  if (way === 'paper') return <PaperStep onWay={setWay} onRestored={setIdentity} />;
  return <IdentityStep onCreated={setIdentity} onPaper={() => setWay('paper')} />;
};
