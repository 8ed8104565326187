import type { NewDevice } from '../../../../shared/programs/device';
import { Choices } from '../../../parts/Choices';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Select } from '../../../ui/fields/Select';
import { TextField } from '../../../ui/fields/TextField';
import { IdentityTicks } from '../programs/IdentityTicks';
import { formOptions } from '../programs/program-words';
import { kindOptions } from './device-words';
import { useNewDevice, type NewDeviceForm } from './use-new-device';
import settings from '../settings.module.css';
import styles from '../programs/programs.module.css';

export type AddDeviceDialogProps = {
  readonly onClose: () => void;
  readonly onAdded: (added: NewDevice) => void;
};

/** Asks what device it is, for whom, and how it gets mail. */
export const AddDeviceDialog = ({ onClose, onAdded }: AddDeviceDialogProps) => {
  const form = useNewDevice(onAdded);
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form="add-device" tone="primary" busy={form.task.busy} data-testid="device-add">
        Make its onion and password
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add a device of yours"
      description="Posthorn makes an onion address that only this device can find. You can take it back at any time."
      footer={footer}
      testId="add-device-dialog"
    >
      <form id="add-device" className={settings.form} onSubmit={form.submit} noValidate>
        <Fields form={form} />
        {form.task.error !== undefined && <Banner tone="danger">{form.task.error}</Banner>}
      </form>
    </Dialog>
  );
};

const Fields = ({ form: { device, choose, identities, problems } }: { readonly form: NewDeviceForm }) => (
  <>
    <div className={styles.kind}>
      <span>Which device</span>
      <Select
        label="Which device"
        value={device.kind}
        options={kindOptions}
        onChange={(kind) => choose({ kind })}
        testId="device-kind"
      />
    </div>
    <TextField
      label="Name in the list"
      value={device.name}
      maxLength={60}
      error={problems.name}
      onChange={(event) => choose({ name: event.target.value })}
      data-testid="device-name"
    />
    {identities.length > 1 && (
      <IdentityTicks
        identities={identities}
        ticked={device.identityIds}
        onChange={(identityIds) => choose({ identityIds })}
        problem={problems.identities}
      />
    )}
    <Choices
      legend="How it gets your mail"
      value={device.form}
      options={formOptions}
      onChange={(form) => choose({ form })}
      testId="device-form"
    />
  </>
);
