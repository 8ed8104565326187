import { RefreshCw, Upload } from 'lucide-react';
import type { Contact } from '../../../../shared/contact';
import { fetchContactKey } from '../../../actions/contacts/change-contact';
import { FingerprintGroups } from '../../../parts/FingerprintGroups';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { dayText } from '../../../words/date-text';
import styles from '../ContactsPage.module.css';

/** The fingerprint of a contact's key, the way to ask for it now, and the way out for it. */
export const ContactKey = ({ contact, onExport }: { readonly contact: Contact; readonly onExport: () => void }) => {
  const services = useServices();
  const task = useTask();
  return (
    <section className={styles.card} aria-label="Key">
      <h3 className={styles.caption}>Key</h3>
      {contact.fingerprint === undefined ? (
        <p className={styles.soft}>Not fetched from their onion yet.</p>
      ) : (
        <FingerprintGroups fingerprint={contact.fingerprint} />
      )}
      {contact.certifiedAt !== undefined && (
        <p className={styles.faint}>Their onion vouched for it on {dayText(contact.certifiedAt)}.</p>
      )}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div className={styles.actions}>
        <Button
          icon={RefreshCw}
          busy={task.busy}
          onClick={() => void task.run(() => fetchContactKey(services, contact))}
          data-testid="contact-fetch-key"
        >
          {task.busy ? 'Asking their onion…' : 'Fetch key now'}
        </Button>
        {contact.fingerprint !== undefined && (
          <Button icon={Upload} onClick={onExport} data-testid="contact-export-key">
            Export this key…
          </Button>
        )}
      </div>
    </section>
  );
};
