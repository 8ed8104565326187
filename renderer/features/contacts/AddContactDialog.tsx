import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import { addContact } from '../../actions/contacts/change-contact';
import { FullAddress } from '../../parts/FullAddress';
import { useTask } from '../../parts/use-task';
import { addressProblemWords } from '../../words/address-problem-words';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { TextArea } from '../../ui/fields/TextArea';
import { TextField } from '../../ui/fields/TextField';
import styles from './ContactsPage.module.css';
import { useAddressCheck } from './use-address-check';

export type AddContactDialogProps = {
  readonly identityId: IdentityId;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: (contact: Contact) => void;
};

/** Adds somebody by their address, which is checked while it is typed or pasted. */
export const AddContactDialog = ({ identityId, open, onClose, onAdded }: AddContactDialogProps) => (
  <Dialog
    open={open}
    onOpenChange={onClose}
    title="Add a contact"
    description="The address is also their key: take care that it comes from them."
    footer={
      <>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" form="add-contact" tone="primary" data-testid="add-contact-confirm">
          Add contact
        </Button>
      </>
    }
    testId="add-contact-dialog"
  >
    <AddContactForm identityId={identityId} onAdded={onAdded} />
  </Dialog>
);

const AddContactForm = ({ identityId, onAdded }: Pick<AddContactDialogProps, 'identityId' | 'onAdded'>) => {
  const services = useServices();
  const task = useTask();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const check = useAddressCheck(address);
  const problem = check?.outcome === 'invalid' ? addressProblemWords[check.problem] : undefined;
  const shown = address.trim() === '' && !tried ? undefined : problem;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    void task.run(async () => {
      // Enter may come before the answer to what was typed last; without an answer of its own it would be lost.
      const checked = check ?? (await services.core.call('addresses.check', { text: address }));
      if (checked.outcome !== 'ok') return;
      onAdded(await addContact(services, { identityId, address: checked.address, name }));
    });
  };
  return (
    <form id="add-contact" className={styles.form} onSubmit={submit} noValidate>
      <TextArea
        label="Address"
        mono
        rows={3}
        value={address}
        onChange={(event) => setAddress(event.target.value.replace(/\s+/g, ''))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        error={shown}
        hint={check?.outcome === 'ok' ? 'This address is well-formed.' : 'Paste or type it: name@….onion'}
        maxLength={2_000}
        autoFocus
        spellCheck={false}
        data-testid="add-contact-address"
      />
      {check?.outcome === 'ok' && (
        <div className={styles.preview}>
          <FullAddress address={check.address} />
        </div>
      )}
      <TextField
        label="Name (optional)"
        hint="Your own word for them. They never see it."
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={100}
        data-testid="add-contact-name"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    </form>
  );
};
