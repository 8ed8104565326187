import { Popover } from 'radix-ui';
import type { TorStatus } from '../../../shared/tor-status';
import { useNow } from '../../parts/use-now';
import { showView } from '../../state/selection';
import { useSettings } from '../../state/settings';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import styles from './TorStatusBar.module.css';
import { torDetails, torSummary } from './tor-summary';

/** What tor does, what hinders it, what the person can do, and the way to the bridges. */
export const TorDetails = ({ status }: { readonly status: TorStatus | undefined }) => {
  const now = useNow(1_000);
  const direct = useSettings(({ settings }) => settings.builtInBridges === 'none' && settings.bridges.length === 0);
  const { title, progress } = torSummary(status);
  const { sentences, advice } = status === undefined ? { sentences: [], advice: [] } : torDetails(status, now);
  return (
    <div className={styles.details}>
      <h2 className={styles.heading}>{title}</h2>
      {progress !== undefined && <ProgressBar value={progress} label="Connecting to the Tor network" />}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {advice.length > 0 && (
        <>
          <h3 className={styles.subheading}>What you can do</h3>
          <ul className={styles.advice}>
            {advice.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.foot}>
        <span>{direct ? 'Connecting directly' : 'Connecting by bridges'}</span>
        <Popover.Close asChild>
          <Button onClick={() => showView('settings')} data-testid="tor-open-bridges">
            {direct ? 'Use bridges' : 'Change bridges'}
          </Button>
        </Popover.Close>
      </div>
    </div>
  );
};
