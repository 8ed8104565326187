import { useState } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { IntroducerTrust } from '../../../../shared/trust';
import { setIntroducer } from '../../../actions/contacts/certify-contact';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { personName } from '../../../words/address-text';
import { Choices } from '../../../parts/Choices';
import styles from '../ContactDialogs.module.css';

type Depth = '1' | '2' | '3' | '4' | '5';

const near: readonly { value: Depth; label: string; hint: string }[] = [
  { value: '1', label: 'People they have verified themselves', hint: 'For somebody who is careful.' },
  {
    value: '2',
    label: 'Also those whom their introducers have verified',
    hint: 'For somebody who also knows whom to rely on.',
  },
];
const far: typeof near = [
  {
    value: '3',
    label: 'Up to three introductions away',
    hint: 'Each step on the way relies on the care of one person more.',
  },
  {
    value: '4',
    label: 'Up to four introductions away',
    hint: 'For clubs and offices with introducers of introducers.',
  },
  { value: '5', label: 'Up to five introductions away', hint: 'The furthest there is.' },
];

const amounts: readonly { value: IntroducerTrust['amount']; label: string; hint: string }[] = [
  { value: 'full', label: 'Their word alone is enough', hint: 'Whom they verified counts as introduced to you.' },
  {
    value: 'marginal',
    label: 'Only together with others',
    hint: 'Three people of whom you say this must vouch for the same person.',
  },
];

export type IntroducerDialogProps = { readonly contact: Contact; readonly onClose: () => void };

/** How far and how much a contact is believed when they vouch for others. */
export const IntroducerDialog = ({ contact, onClose }: IntroducerDialogProps) => {
  const services = useServices();
  const task = useTask();
  const { introducer = { depth: 1, amount: 'full' }, verification } = contact;
  const [depth, setDepth] = useState<Depth>(String(introducer.depth) as Depth);
  const [amount, setAmount] = useState(introducer.amount);
  const name = personName(contact);
  const save = () =>
    void task
      .run(() => setIntroducer(services, { contact, introducer: { depth: Number(depth), amount } }))
      .then((done) => done && onClose());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Let ${name} introduce people to you`}
      description={`First mail from people whom ${name} vouches for comes to your Inbox and says so. ${verification?.shared === true ? 'Your certification is shared, so others can see that you rely on them.' : 'Nobody else learns of it.'}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={task.busy} onClick={save} data-testid="introducer-save">
            {contact.introducer === undefined ? 'Name as introducer' : 'Save'}
          </Button>
        </>
      }
      testId="introducer-dialog"
    >
      <div className={styles.form}>
        <DepthChoice depth={depth} onChange={setDepth} />
        <Choices
          legend="How much is their word worth?"
          value={amount}
          options={amounts}
          onChange={setAmount}
          testId="introducer-amount"
        />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </div>
    </Dialog>
  );
};

const DepthChoice = ({ depth, onChange }: { readonly depth: Depth; readonly onChange: (depth: Depth) => void }) => {
  const [more, setMore] = useState(Number(depth) > 2);
  return (
    <>
      <Choices
        legend="Whom may they introduce?"
        value={depth}
        options={more ? [...near, ...far] : near}
        onChange={onChange}
        testId="introducer-depth"
      />
      {!more && (
        <div>
          <Button tone="quiet" onClick={() => setMore(true)} data-testid="introducer-more">
            More
          </Button>
        </div>
      )}
    </>
  );
};
