import styles from './StartingPage.module.css';
import { Spinner } from './ui/Spinner';

/** Shown until the mail service has said where things stand. */
export const StartingPage = () => (
  <main className={styles.page} data-testid="starting-page">
    <Spinner size={24} />
    <p>Starting Posthorn…</p>
  </main>
);
