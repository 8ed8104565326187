import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/fields/TextField';
import { usePorts } from './use-ports';
import settings from '../settings.module.css';
import styles from './programs.module.css';

/** The ports of 127.0.0.1 that programs come in by. */
export const PortsForm = ({ access }: { readonly access: ProgramAccess }) => {
  const { typed, change, save, task, problems, isSame } = usePorts(access);
  return (
    <form className={settings.form} onSubmit={save} noValidate>
      <div className={styles.ports}>
        <TextField
          label="Port for reading (IMAP)"
          inputMode="numeric"
          value={typed.imap}
          error={problems.imap}
          onChange={(event) => change({ imap: event.target.value })}
          data-testid="programs-imap-port"
        />
        <TextField
          label="Port for sending (SMTP)"
          inputMode="numeric"
          value={typed.submission}
          error={problems.submission}
          onChange={(event) => change({ submission: event.target.value })}
          data-testid="programs-submission-port"
        />
        <Button
          type="submit"
          className={styles.save}
          disabled={isSame}
          busy={task.busy}
          data-testid="programs-save-ports"
        >
          Save
        </Button>
      </div>
      <p className={settings.hint}>
        Server 127.0.0.1, no encryption: what is said there stays on this computer. Programs that are connected are cut
        off when a port changes, and need the new one.
      </p>
      {task.error !== undefined && (
        <Banner tone="danger" testId="programs-port-refused">
          {task.error}
        </Banner>
      )}
    </form>
  );
};
