import type { AddedProgram } from '../../../actions/programs/add-program';
import { Choices } from '../../../parts/Choices';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Select } from '../../../ui/fields/Select';
import { TextField } from '../../../ui/fields/TextField';
import { IdentityTicks } from './IdentityTicks';
import { formOptions, kindOptions } from './program-words';
import { useNewProgram, type NewProgramForm } from './use-new-program';
import settings from '../settings.module.css';
import styles from './programs.module.css';

export type AddProgramDialogProps = {
  readonly onClose: () => void;
  readonly onAdded: (added: AddedProgram) => void;
};

/** Asks which program it is, for whom, and how it gets mail. */
export const AddProgramDialog = ({ onClose, onAdded }: AddProgramDialogProps) => {
  const form = useNewProgram(onAdded);
  const { program, choose, submit, task } = form;
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form="add-program" tone="primary" busy={task.busy} data-testid="program-add">
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
          <Select
            label="Which program"
            value={program.kind}
            options={kindOptions}
            onChange={(kind) => choose({ kind })}
            testId="program-kind"
          />
        </div>
        <Fields form={form} />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </Dialog>
  );
};

const Fields = ({ form: { program, choose, identities, problems } }: { readonly form: NewProgramForm }) => (
  <>
    <TextField
      label="Name in the list"
      value={program.name}
      maxLength={60}
      error={problems.name}
      onChange={(event) => choose({ name: event.target.value })}
      data-testid="program-name"
    />
    {identities.length > 1 && (
      <IdentityTicks
        identities={identities}
        ticked={program.identityIds}
        onChange={(identityIds) => choose({ identityIds })}
        problem={problems.identities}
      />
    )}
    <Choices
      legend="How it gets your mail"
      value={program.form}
      options={formOptions}
      onChange={(form) => choose({ form })}
      testId="program-form"
    />
  </>
);
