import { Download, Upload } from 'lucide-react';
import { useCatchUp } from '../../state/catch-up';
import { Icon } from '../../ui/Icon';
import { ProgressBar } from '../../ui/ProgressBar';
import { Tooltip } from '../../ui/Tooltip';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { catchUpLines } from './catch-up-lines';
import type { CatchUpLine } from './catch-up-lines';
import styles from './TorStatusBar.module.css';

const icons = { in: Download, out: Upload } as const;

/** How far the catching up is after a time without connection; nothing when there is none. */
export const CatchUpBar = () => {
  const byKey = useCatchUp((catchUp) => catchUp.byKey);
  const lines = catchUpLines(Object.values(byKey));
  return (
    <>
      {/* Says once what has begun: numbers read out at every message would be noise. */}
      <VisuallyHidden>
        <span role="status">{lines.map(({ title }) => title).join('. ')}</span>
      </VisuallyHidden>
      {lines.map((line) => (
        <Line key={line.direction} line={line} />
      ))}
    </>
  );
};

const Line = ({ line: { direction, text, title, percent } }: { readonly line: CatchUpLine }) => (
  <Tooltip text={text} side="right">
    <div className={styles.catchUp} data-testid="catch-up" data-direction={direction}>
      <span className={styles.icon}>
        <Icon icon={icons[direction]} size={15} />
      </span>
      <span className={styles.words}>{text}</span>
      <span className={styles.progress}>
        <ProgressBar value={percent} label={title} />
      </span>
    </div>
  </Tooltip>
);
