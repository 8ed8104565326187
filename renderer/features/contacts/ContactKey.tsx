import { RefreshCw } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import { fetchContactKey } from '../../actions/change-contact';
import { FingerprintGroups } from '../../parts/FingerprintGroups';
import { keyStateIcon } from '../../parts/key-state-icon';
import { useTask } from '../../parts/use-task';
import { keyStateWords } from '../../parts/words';
import { useServices } from '../../state/services';
import { Badge } from '../../ui/Badge';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { fullDate } from '../../words/date-text';
import styles from './ContactsPage.module.css';

/** What is known of a contact's key, its fingerprint, and the way to ask for it now. */
export const ContactKey = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  const task = useTask();
  const { title, sentence, tone } = keyStateWords[contact.keyState];
  return (
    <section className={styles.card} aria-label="Key">
      <div className={styles.keyHead}>
        <h3 className={styles.caption}>Key</h3>
        <Badge tone={tone} icon={keyStateIcon[contact.keyState]} testId="contact-key-state">
          {title}
        </Badge>
      </div>
      <p className={styles.soft}>{sentence}</p>
      {contact.fingerprint !== undefined && <FingerprintGroups fingerprint={contact.fingerprint} />}
      {contact.certifiedAt !== undefined && <p className={styles.faint}>Certified by their onion on {fullDate(contact.certifiedAt)}.</p>}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div>
        <Button icon={RefreshCw} busy={task.busy} onClick={() => void task.run(() => fetchContactKey(services, contact))} data-testid="contact-fetch-key">
          {task.busy ? 'Asking their onion…' : 'Fetch key now'}
        </Button>
      </div>
    </section>
  );
};
