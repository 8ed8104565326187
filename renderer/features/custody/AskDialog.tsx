import { useState } from 'react';
import { askHolder } from '../../actions/custody/ask-holder';
import type { Contact } from '../../../shared/contact';
import { defaultHoldTerms } from '../../../shared/custody';
import type { MailHolder } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Select } from '../../ui/fields/Select';
import { personName } from '../../words/address-text';
import { AskWhom } from './AskWhom';
import styles from './custody.module.css';
import { Learns } from './Learns';
import { chosenTerms, dayChoices, quotaChoices } from './terms-choice';

export type AskDialogProps = {
  readonly identityId: IdentityId;
  readonly contacts: readonly Contact[];
  readonly holders: readonly MailHolder[];
  readonly onClose: () => void;
};

/** Asks somebody to keep mail: first whom, then for how much, with what they will learn in sight. */
export const AskDialog = (props: AskDialogProps) => {
  const [contact, setContact] = useState<Contact>();
  return contact === undefined ? (
    <Whom {...props} onPick={setContact} />
  ) : (
    <Terms {...props} contact={contact} onBack={() => setContact(undefined)} />
  );
};

const Whom = ({
  contacts,
  holders,
  onClose,
  onPick,
}: AskDialogProps & { readonly onPick: (contact: Contact) => void }) => (
  <Dialog
    open
    onOpenChange={onClose}
    title="Who should keep mail for you?"
    description="Somebody you trust to be there, and whose computer is on often. They are asked and may say no."
    footer={<Button onClick={onClose}>Cancel</Button>}
    testId="ask-dialog"
  >
    <AskWhom contacts={contacts} holders={holders} onPick={onPick} />
  </Dialog>
);

type TermsProps = AskDialogProps & { readonly contact: Contact; readonly onBack: () => void };

const Terms = ({ identityId, contact, onClose, onBack }: TermsProps) => {
  const services = useServices();
  const task = useTask();
  const [quota, setQuota] = useState(String(defaultHoldTerms.quotaBytes));
  const [days, setDays] = useState(String(defaultHoldTerms.days));
  const name = personName(contact);
  const terms = chosenTerms({ quota, days });
  const ask = () =>
    void task
      .run(() => askHolder(services, { identityId, contactId: contact.id, terms, name }))
      .then((done) => done && onClose());
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button onClick={onBack} data-testid="ask-back">
        Somebody else
      </Button>
      <Button tone="primary" busy={task.busy} onClick={ask} autoFocus data-testid="ask-confirm">
        Ask {name}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title={`Ask ${name} to keep your mail`} footer={footer} testId="ask-dialog">
      <div className={styles.stack}>
        <div className={styles.setting}>
          <span>Space on their computer</span>
          <Select
            label="Space on their computer"
            value={quota}
            options={quotaChoices}
            onChange={setQuota}
            testId="ask-quota"
          />
        </div>
        <div className={styles.setting}>
          <span>
            Keep each message for
            <span className={styles.faint} style={{ display: 'block' }}>
              {terms.largeDays < terms.days && `Large ones, over 5 MB, for ${terms.largeDays} days`}
            </span>
          </span>
          <Select
            label="Keep each message for"
            value={days}
            options={dayChoices}
            onChange={setDays}
            testId="ask-days"
          />
        </div>
        <Learns who={name} owner="you" />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </div>
    </Dialog>
  );
};
