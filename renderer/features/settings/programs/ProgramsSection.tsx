import { useState } from 'react';
import type { AddedProgram } from '../../../actions/programs/add-program';
import { letProgramsIn } from '../../../actions/programs/let-programs-in';
import type { MailProgram, ProgramAccess } from '../../../../shared/programs/mail-program';
import { PageSection } from '../../../parts/PageFrame';
import { useTask } from '../../../parts/use-task';
import { useProgramAccess } from '../../../queries/use-program-access';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Switch } from '../../../ui/fields/Switch';
import { AddProgramDialog } from './AddProgramDialog';
import { ConnectedList } from './ConnectedList';
import { PortsForm } from './PortsForm';
import { portsOf, takenPorts } from './program-ports';
import { ProgramList } from './ProgramList';
import { SetupDialog } from './SetupDialog';
import styles from '../settings.module.css';

/** Other mail programs of this computer: whether they are let in, which there are, and who is connected. */
export const ProgramsSection = () => {
  const { access, failure } = useProgramAccess();
  return (
    <PageSection title="Connect a mail program">
      {access !== undefined && <Programs access={access} />}
      {access === undefined && failure !== undefined && <Banner tone="danger">{failure}</Banner>}
    </PageSection>
  );
};

/** What is open above the page: the form for another program, or how to set one up. */
type Above = { readonly form: 'add' } | { readonly program: MailProgram; readonly password?: string };

const Programs = ({ access }: { readonly access: ProgramAccess }) => {
  const [above, setAbove] = useState<Above>();
  const close = () => setAbove(undefined);
  const added = ({ program, password }: AddedProgram) => setAbove({ program, password });
  return (
    <>
      <AccessSwitch access={access} />
      <PortsForm key={`${String(access.imap.port)} ${String(access.submission.port)}`} access={access} />
      <ProgramList
        access={access}
        onAdd={() => setAbove({ form: 'add' })}
        onSetup={(program) => setAbove({ program })}
      />
      {access.isOn && access.programs.length > 0 && <ConnectedList access={access} />}
      {above !== undefined && 'form' in above && <AddProgramDialog onClose={close} onAdded={added} />}
      {above !== undefined && 'program' in above && <SetupDialog {...above} access={access} onClose={close} />}
    </>
  );
};

const AccessSwitch = ({ access }: { readonly access: ProgramAccess }) => {
  const services = useServices();
  const task = useTask();
  const listen = (isOn: boolean) => void task.run(() => letProgramsIn(services, { ...portsOf(access), isOn }));
  const taken = takenPorts(access);
  return (
    <div className={styles.form}>
      <Switch
        label="Let other mail programs in"
        hint="Programs on this computer read your mail by IMAP and send by SMTP, as long as Posthorn is unlocked. Nothing outside this computer can reach these ports, and each program needs a password that you make here."
        checked={access.isOn}
        onChange={listen}
        testId="programs-on"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      {taken !== undefined && (
        <Banner
          tone="warning"
          testId="programs-taken"
          action={
            <Button busy={task.busy} onClick={() => listen(true)}>
              Try again
            </Button>
          }
        >
          {taken}
        </Banner>
      )}
    </div>
  );
};
