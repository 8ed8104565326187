import { useEffect, useState } from 'react';
import type { ResultOf } from '../../../shared/contract/rpc-kit';
import type { ShellContract } from '../../../shared/contract/shell-contract';
import { torSentence } from '../../../shared/tor-about';
import { PageSection } from '../../parts/PageFrame';
import { useTorAbout } from '../../queries/use-tor-about';
import { useServices } from '../../state/services';
import styles from './settings.module.css';

type AppInfo = ResultOf<ShellContract, 'app.info'>;

/** Versions and licence. */
export const AboutSection = () => {
  const { shell } = useServices();
  const [info, setInfo] = useState<AppInfo>();
  const tor = useTorAbout();
  useEffect(() => {
    let wanted = true;
    // The versions are no reason to bother anybody.
    shell.call('app.info', {}).then(
      (answer) => wanted && setInfo(answer),
      () => undefined,
    );
    return () => void (wanted = false);
  }, [shell]);
  return (
    <PageSection title="About Posthorn">
      <div>
        <p>Desktop mail that needs no mail server: signed, sealed e-mail from onion service to onion service.</p>
      </div>
      <dl className={styles.about} data-selectable data-testid="about">
        <dt>Version</dt>
        <dd>{info?.version ?? '…'}</dd>
        <dt>Electron</dt>
        <dd>{info?.electron ?? '…'}</dd>
        <dt>Tor</dt>
        <dd data-testid="about-tor">{tor === undefined ? '…' : torSentence(tor)}</dd>
        <dt>Licence</dt>
        <dd>GNU Affero General Public License, version 3 or later (AGPL-3.0-or-later)</dd>
      </dl>
    </PageSection>
  );
};
