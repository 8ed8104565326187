import { ProgressBar } from '../../ui/ProgressBar';
import { backupStepWords } from '../../words/backup-words';
import type { BackupStep } from '../../words/backup-words';
import { sizeText } from '../../words/size-text';
import styles from './BackupProgress.module.css';

export type BackupProgressProps = {
  readonly step: BackupStep;
  readonly bytes: number;
  readonly total?: number | undefined;
};

/** How far a backup is: a bar that moves once there is something to measure, and words. */
export const BackupProgress = ({ step, bytes, total = 0 }: BackupProgressProps) => {
  const known = total > 0 && bytes > 0;
  const words = backupStepWords[step];
  return (
    <div className={styles.progress} data-testid="backup-progress" data-step={step}>
      <ProgressBar value={known ? Math.min(100, (bytes / total) * 100) : null} label={words} />
      <p>
        <span role="status">{words}…</span>
        {known && ` ${sizeText(bytes)} of ${sizeText(total)}`}
      </p>
    </div>
  );
};
