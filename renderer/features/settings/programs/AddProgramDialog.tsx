import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { addProgram, type AddedProgram } from '../../../actions/programs/add-program';
import type { IdentityId } from '../../../../shared/ids';
import type { MailForm, ProgramKind } from '../../../../shared/programs/mail-program';
import { Choices } from '../../../parts/Choices';
import { useTask } from '../../../parts/use-task';
import { useIdentities } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Select } from '../../../ui/fields/Select';
import { TextField } from '../../../ui/fields/TextField';
import { IdentityTicks } from './IdentityTicks';
import { formOptions, kindName, kindOptions } from './program-words';
import settings from '../settings.module.css';
import styles from './programs.module.css';

export type AddProgramDialogProps = {
  readonly onClose: () => void;
  readonly onAdded: (added: AddedProgram) => void;
};

/** Asks which program it is, for whom, and how it gets mail. */
export const AddProgramDialog = ({ onClose, onAdded }: AddProgramDialogProps) => {
  const services = useServices();
  const identities = useIdentities() ?? [];
  const task = useTask();
  const [kind, setKind] = useState<ProgramKind>('thunderbird');
  const [typedName, setName] = useState<string>();
  const [ticked, setTicked] = useState<readonly IdentityId[]>();
  const [form, setForm] = useState<MailForm>('unsealed');
  const [tried, setTried] = useState(false);
  const name = typedName ?? kindName[kind];
  const identityIds = ticked ?? identities.slice(0, 1).map(({ id }) => id);
  const isReady = kind !== 'phone' && name.trim() !== '' && identityIds.length > 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isReady) return;
    void task.run(async () => onAdded(await addProgram(services, { name, kind, identityIds: [...identityIds], form })));
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        type="submit"
        form="add-program"
        tone="primary"
        disabled={kind === 'phone'}
        busy={task.busy}
        data-testid="program-add"
      >
        Make its password
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add a mail program"
      description="Posthorn makes a password for it. You can take it back at any time."
      footer={footer}
      testId="add-program-dialog"
    >
      <form id="add-program" className={settings.form} onSubmit={submit} noValidate>
        <div className={styles.kind}>
          <span>Which program</span>
          <Select label="Which program" value={kind} options={kindOptions} onChange={setKind} testId="program-kind" />
        </div>
        {kind === 'phone' ? (
          <Banner testId="program-phone">
            <strong>A phone cannot reach this computer yet.</strong> It will get an onion address of its own, which the
            phone reaches by Orbot. That is still to come.
          </Banner>
        ) : (
          <>
            <TextField
              label="Name in the list"
              value={name}
              maxLength={60}
              error={tried && name.trim() === '' ? 'Give it a name.' : undefined}
              onChange={(event) => setName(event.target.value)}
              data-testid="program-name"
            />
            {identities.length > 1 && (
              <IdentityTicks
                identities={identities}
                ticked={identityIds}
                onChange={setTicked}
                problem={tried && identityIds.length === 0 ? 'Choose at least one.' : undefined}
              />
            )}
            <Choices
              legend="How it gets your mail"
              value={form}
              options={formOptions}
              onChange={setForm}
              testId="program-form"
            />
          </>
        )}
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </Dialog>
  );
};
