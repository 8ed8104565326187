import type { NewGuest } from '../../../../shared/guests/guest';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Select } from '../../../ui/fields/Select';
import { TextField } from '../../../ui/fields/TextField';
import { daysOptions, roomOptions } from './guest-words';
import { useNewGuest, type NewGuestForm } from './use-new-guest';
import settings from '../settings.module.css';
import programs from '../programs/programs.module.css';

export type AddGuestDialogProps = {
  readonly onClose: () => void;
  readonly onAdded: (added: NewGuest) => void;
};

/** Asks who the guest is, and how much of their mail is kept, and for how long. */
export const AddGuestDialog = ({ onClose, onAdded }: AddGuestDialogProps) => {
  const form = useNewGuest(onAdded);
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form="add-guest" tone="primary" busy={form.task.busy} data-testid="guest-add">
        Make their address and password
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Invite a guest"
      description="You will see from whom and to whom their mail goes, when, and how large it is. You cannot read it: it is sealed with a key that only they have."
      footer={footer}
      testId="add-guest-dialog"
    >
      <form id="add-guest" className={settings.form} onSubmit={form.submit} noValidate>
        <Fields form={form} />
        {form.task.error !== undefined && <Banner tone="danger">{form.task.error}</Banner>}
      </form>
    </Dialog>
  );
};

const Fields = ({ form: { guest, choose, problems } }: { readonly form: NewGuestForm }) => (
  <>
    <TextField
      label="Who it is, as you call them"
      value={guest.name}
      maxLength={60}
      error={problems.name}
      onChange={(event) => choose({ name: event.target.value })}
      data-testid="guest-name"
    />
    <TextField
      label="Their name before the @"
      value={guest.localPart}
      maxLength={64}
      error={problems.localPart}
      onChange={(event) => choose({ localPart: event.target.value })}
      data-testid="guest-local-part"
    />
    <div className={programs.kind}>
      <span>Room for their mail</span>
      <Select
        label="Room for their mail"
        value={guest.room}
        options={roomOptions}
        onChange={(room) => choose({ room })}
        testId="guest-room"
      />
    </div>
    <div className={programs.kind}>
      <span>For how long</span>
      <Select
        label="For how long"
        value={guest.days}
        options={daysOptions}
        onChange={(days) => choose({ days })}
        testId="guest-days"
      />
    </div>
  </>
);
