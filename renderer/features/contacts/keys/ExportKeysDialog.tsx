import { useState } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { IdentityId } from '../../../../shared/ids';
import { exportKeys } from '../../../actions/keys/exchange-keys';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Switch } from '../../../ui/fields/Switch';
import { personName } from '../../../words/address-text';

export type ExportKeysDialogProps = {
  readonly identityId: IdentityId;
  readonly contact?: Contact;
  readonly onClose: () => void;
};

/** Saves the key of one contact, or of all, for other OpenPGP programs. */
export const ExportKeysDialog = ({ identityId, contact, onClose }: ExportKeysDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [withLocal, setWithLocal] = useState(false);
  const save = () =>
    void task.run(async () => {
      if (await exportKeys(services, { identityId, contact, withLocal })) onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={contact === undefined ? 'Export the keys of all contacts' : `Export the key of ${personName(contact)}`}
      description="Public keys with the certifications on them, in a file that GnuPG, Thunderbird and Sequoia read."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={task.busy} onClick={save} data-testid="export-keys-save">
            Save…
          </Button>
        </>
      }
      testId="export-keys-dialog"
    >
      <Switch
        label="With what is private"
        hint="Also certifications that are for your own eyes. They tell whoever gets the file whom you know; use it for your own other computer."
        checked={withLocal}
        onChange={setWithLocal}
        testId="export-with-local"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    </Dialog>
  );
};
