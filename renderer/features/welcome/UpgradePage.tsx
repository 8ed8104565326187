import { ProgressBar } from '../../ui/ProgressBar';
import styles from './steps.module.css';
import { WelcomeFrame } from './WelcomeFrame';

const LEAD =
  'This version of Posthorn keeps mail in another form. That is done once, and takes minutes where there is much mail.';

/** Shown after the passphrase was right, while mail that an older version kept is brought up to date. */
export const UpgradePage = ({ percent }: { readonly percent: number }) => (
  <WelcomeFrame title="Bringing your mail up to date" lead={LEAD}>
    <div className={styles.form} data-testid="upgrade">
      <p className={styles.upgrade}>
        <strong>Your mail is being brought up to date: {percent} %</strong>
      </p>
      <ProgressBar value={percent} label="Your mail is being brought up to date" />
      <p className={styles.meaning}>
        Until it is done nothing is sent or received; what people write to you waits where they are. If you close
        Posthorn or the power goes, nothing is lost: it goes on the next time.
      </p>
    </div>
  </WelcomeFrame>
);
