import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { CertificationLevel } from '../../../../shared/trust';
import { verifyFingerprint } from '../../../actions/contacts/certify-contact';
import { FingerprintGroups } from '../../../parts/FingerprintGroups';
import { useTask } from '../../../parts/use-task';
import { useCurrentIdentity } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { personName } from '../../../words/address-text';
import { Choices } from '../../../parts/Choices';
import styles from '../ContactDialogs.module.css';
import { ExpiryChoice, expiryOf } from './ExpiryChoice';
import type { Lasting } from './ExpiryChoice';

export type CompareDialogProps = { readonly contact: Contact; readonly onClose: () => void };

type Seen = 'private' | 'shared';

const levels = [
  { value: 'positive', label: 'I am sure', hint: 'You met, or you know their voice.' },
  { value: 'casual', label: 'Somewhat', hint: 'You have little more than their word for who they are.' },
] as const;

const sharing = [
  { value: 'private', label: 'Private', hint: 'Only this computer knows.' },
  {
    value: 'shared',
    label: 'Shared',
    hint: 'Those who trust you can rely on it. It also tells others that you know this person.',
  },
] as const;

/** Makes sure of a contact by comparing the fingerprint of their key with them. */
export const CompareDialog = ({ contact, onClose }: CompareDialogProps) => {
  const name = personName(contact);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Compare fingerprints with ${name}`}
      description="Read them to each other on the telephone or face to face. Not by mail: whoever could cheat would write that too."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="compare" tone="primary" data-testid="compare-confirm">
            Verify {name}
          </Button>
        </>
      }
      testId="compare-dialog"
    >
      <CompareForm contact={contact} onDone={onClose} />
    </Dialog>
  );
};

const CompareForm = ({ contact, onDone }: { readonly contact: Contact; readonly onDone: () => void }) => {
  const services = useServices();
  const task = useTask();
  const [compared, setCompared] = useState(false);
  const [tried, setTried] = useState(false);
  const [level, setLevel] = useState<CertificationLevel>(contact.verification?.level ?? 'positive');
  const [seen, setSeen] = useState<Seen>(contact.verification?.shared === true ? 'shared' : 'private');
  const [lasting, setLasting] = useState<Lasting>('always');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!compared) return;
    const certify = { level, shared: seen === 'shared', ...expiryOf(lasting, Date.now()) };
    void task.run(() => verifyFingerprint(services, { contact, certify })).then((done) => done && onDone());
  };
  return (
    <form id="compare" className={styles.form} onSubmit={submit} noValidate>
      <Fingerprints contact={contact} />
      <label className={styles.tick} data-missing={(tried && !compared) || undefined}>
        <input
          type="checkbox"
          checked={compared}
          onChange={(event) => setCompared(event.target.checked)}
          data-testid="compare-tick"
        />
        <span>I compared all of it with them, and it is the same.</span>
      </label>
      {tried && !compared && (
        <p className={styles.missing} role="alert">
          Compare it first, and say so here.
        </p>
      )}
      <Choices
        legend="How sure are you that it was them?"
        value={level}
        options={levels}
        onChange={setLevel}
        testId="compare-level"
      />
      <Choices
        legend="Who may see that you verified them?"
        value={seen}
        options={sharing}
        onChange={setSeen}
        testId="compare-sharing"
      />
      <ExpiryChoice value={lasting} onChange={setLasting} />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    </form>
  );
};

const Fingerprints = ({ contact }: { readonly contact: Contact }) => {
  const identity = useCurrentIdentity();
  return (
    <div className={styles.prints}>
      <section className={styles.print} aria-label="Theirs">
        <h3>Theirs</h3>
        {contact.fingerprint !== undefined && <FingerprintGroups fingerprint={contact.fingerprint} />}
      </section>
      {identity !== undefined && (
        <section className={styles.print} aria-label="Yours">
          <h3>Yours, for them to compare</h3>
          <FingerprintGroups fingerprint={identity.fingerprint} />
        </section>
      )}
    </div>
  );
};
