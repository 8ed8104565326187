import { useState } from 'react';
import type { Contact } from '../../../shared/contact';
import { introduce } from '../../actions/contacts/introduce';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { TextArea } from '../../ui/fields/TextArea';
import { personName, shortAddress } from '../../words/address-text';
import styles from './ContactDialogs.module.css';
import { PersonPicker } from './PersonPicker';

export type IntroduceDialogProps = { readonly contact: Contact; readonly onClose: () => void };

const nameOf = (contact: Contact): string => personName(contact);

/** Introduces a contact to another: whom, then what each of them will learn, then it is sent. */
export const IntroduceDialog = ({ contact, onClose }: IntroduceDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [other, setOther] = useState<Contact>();
  const [note, setNote] = useState('');
  const send = (second: Contact) =>
    void task.run(() => introduce(services, { first: contact, second, note })).then((done) => done && onClose());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size={other === undefined ? 'normal' : 'large'}
      title={
        other === undefined ? `Introduce ${nameOf(contact)} to…` : `Introduce ${nameOf(contact)} and ${nameOf(other)}`
      }
      description={
        other === undefined
          ? 'Choose another person whom you have verified.'
          : 'Each of them gets one sealed message from you. This is what it tells.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {other !== undefined && (
            <>
              <Button onClick={() => setOther(undefined)} data-testid="introduce-back">
                Somebody else
              </Button>
              <Button tone="primary" busy={task.busy} onClick={() => send(other)} data-testid="introduce-send">
                Send both
              </Button>
            </>
          )}
        </>
      }
      testId="introduce-dialog"
    >
      {other === undefined ? (
        <PersonPicker identityId={contact.identityId} besides={contact} onPick={setOther} />
      ) : (
        <div className={styles.form}>
          <Preview first={contact} second={other} note={note.trim()} />
          <TextArea
            label="A word to both (optional)"
            rows={3}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            maxLength={2_000}
            autoFocus
            data-testid="introduce-note"
          />
          {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        </div>
      )}
    </Dialog>
  );
};

type PreviewProps = { readonly first: Contact; readonly second: Contact; readonly note: string };

const Preview = ({ first, second, note }: PreviewProps) => (
  <>
    <div className={styles.sides}>
      <Side to={first} about={second} note={note} />
      <Side to={second} about={first} note={note} />
    </div>
    <p className={styles.soft}>
      Neither learns how you call the other, or whom else you know. Your certification ends after a year at most; until
      then it cannot be taken back from them.
    </p>
  </>
);

const Side = ({ to, about, note }: { readonly to: Contact; readonly about: Contact; readonly note: string }) => (
  <section
    className={styles.side}
    aria-label={`What ${nameOf(to)} learns`}
    data-testid="introduce-side"
    data-to={to.address}
  >
    <h3>{nameOf(to)} learns</h3>
    <ul className={styles.lines}>
      <li>
        the address <strong title={about.address}>{shortAddress(about.address)}</strong>
      </li>
      <li>the key of {nameOf(about)}, with your certification on it</li>
      <li>that you know {nameOf(about)} and made sure of them</li>
      {note !== '' && <li>your word: “{note}”</li>}
    </ul>
  </section>
);
