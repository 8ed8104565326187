import styles from './StartingPage.module.css';
import { Spinner } from './ui/Spinner';

/**
 * Shown until the mail service has said where things stand, and, `leaving`, while a page that was locked waits for its
 * end.
 */
export const StartingPage = ({ leaving = false }: { readonly leaving?: boolean }) => (
  <main className={styles.page} data-testid="starting-page">
    <Spinner size={24} />
    <p>{leaving ? 'Locking…' : 'Starting Posthorn…'}</p>
  </main>
);
