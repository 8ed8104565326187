import { CircleAlert, CircleCheck, CirclePower, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { Tone } from '../../words/tone';
import { useTorStatus } from '../../state/tor-status';
import { Icon } from '../../ui/Icon';
import type { IconType } from '../../ui/Icon';
import { ProgressBar } from '../../ui/ProgressBar';
import { TorDetails } from './TorDetails';
import styles from './TorStatusBar.module.css';
import { torSummary } from './tor-summary';

const icons: Readonly<Record<Tone, IconType>> = {
  neutral: CirclePower,
  accent: LoaderCircle,
  good: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

/** Tor in plain words at the foot of the rail, with progress while it connects; opens what to do. */
export const TorStatusBar = () => {
  const status = useTorStatus((tor) => tor.status);
  const { title, tone, progress } = torSummary(status);
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.bar}
        data-tone={tone}
        data-testid="tor-status"
        data-phase={status?.phase}
        data-warning={status?.warning}
      >
        <span className={styles.icon} data-turning={tone === 'accent' || undefined}>
          <Icon icon={icons[tone]} size={16} />
        </span>
        <span className={styles.words}>
          <span className={styles.name}>Tor</span>
          <span className={styles.title} role="status">
            {title}
          </span>
        </span>
        {progress !== undefined && (
          <span className={styles.progress}>
            <ProgressBar value={progress} label="Connecting to the Tor network" />
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          className={styles.popover}
          aria-label="Tor"
          data-testid="tor-details"
        >
          <TorDetails status={status} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
