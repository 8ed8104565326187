import { OctagonAlert } from 'lucide-react';
import { closeCardDialog } from '../../../state/card-dialogs';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import styles from './CardWarning.module.css';
import { Comparison } from './Comparison';
import type { ComparisonProps } from './Comparison';
import { FocusedHeading } from './FocusedHeading';

export type CardWarningProps = {
  readonly kind: 'other-address' | 'look-alike' | 'other-key' | 'old-key' | 'mismatch';
  readonly title: string;
  readonly sentence: string;
  readonly compared: ComparisonProps | undefined;
  /** What may have happened, each with what to do. */
  readonly reasons: readonly string[];
};

/** A warning that no one can misread. There is no way to accept the card from here; the one button says not to. */
export const CardWarning = ({ kind, title, sentence, compared, reasons }: CardWarningProps) => (
  <section className={styles.warning} role="alert" data-testid="card-warning" data-kind={kind}>
    <header className={styles.head}>
      <Icon icon={OctagonAlert} size={30} />
      <FocusedHeading>{title}</FocusedHeading>
    </header>
    <div className={styles.body}>
      <p className={styles.sentence}>{sentence}</p>
      {compared !== undefined && <Comparison {...compared} />}
      <div>
        <h4>What may have happened</h4>
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
      <div className={styles.action}>
        <Button tone="danger" size="large" onClick={closeCardDialog} data-testid="card-do-not-trust">
          Do not trust this code
        </Button>
      </div>
    </div>
  </section>
);
