import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { letProgramsIn } from '../../../actions/programs/let-programs-in';
import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { showToast } from '../../../state/toasts';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/fields/TextField';
import { portFrom, portProblems } from './program-ports';
import settings from '../settings.module.css';
import styles from './programs.module.css';

/** The ports of 127.0.0.1 that programs come in by. */
export const PortsForm = ({ access }: { readonly access: ProgramAccess }) => {
  const services = useServices();
  const task = useTask();
  const [imap, setImap] = useState(String(access.imap.port));
  const [submission, setSubmission] = useState(String(access.submission.port));
  const problems = portProblems(imap, submission);
  const [imapPort, submissionPort] = [portFrom(imap), portFrom(submission)];
  const isSame = imapPort === access.imap.port && submissionPort === access.submission.port;
  const change = (set: (text: string) => void, text: string) => {
    task.clearError();
    set(text);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (imapPort === undefined || submissionPort === undefined || imapPort === submissionPort) return;
    void task.run(async () => {
      await letProgramsIn(services, { isOn: access.isOn, imapPort, submissionPort });
      showToast({ text: 'Ports saved', about: 'ports' });
    });
  };
  return (
    <form className={settings.form} onSubmit={submit} noValidate>
      <div className={styles.ports}>
        <TextField
          label="Port for reading (IMAP)"
          inputMode="numeric"
          value={imap}
          error={problems.imap}
          onChange={(event) => change(setImap, event.target.value)}
          data-testid="programs-imap-port"
        />
        <TextField
          label="Port for sending (SMTP)"
          inputMode="numeric"
          value={submission}
          error={problems.submission}
          onChange={(event) => change(setSubmission, event.target.value)}
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
