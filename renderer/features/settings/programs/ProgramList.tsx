import { Plug } from 'lucide-react';
import { removeProgram } from '../../../actions/programs/remove-program';
import type { MailProgram, ProgramAccess } from '../../../../shared/programs/mail-program';
import { useNow } from '../../../parts/use-now';
import { useIdentities } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PeerText } from '../../../ui/PeerText';
import { formText, lastUse } from './program-words';
import { identityName } from './identity-name';
import settings from '../settings.module.css';
import styles from './programs.module.css';

const MINUTE_MS = 60_000;

export type ProgramListProps = {
  readonly access: ProgramAccess;
  readonly onAdd: () => void;
  readonly onSetup: (program: MailProgram) => void;
};

/** The programs that may log in. */
export const ProgramList = ({ access, onAdd, onSetup }: ProgramListProps) => {
  const now = useNow(MINUTE_MS);
  if (access.programs.length === 0) return <NoPrograms onAdd={onAdd} />;
  return (
    <>
      <ul className={styles.list} aria-label="Programs that may log in">
        {access.programs.map((program) => (
          <ProgramRow key={program.id} program={program} now={now} onSetup={() => onSetup(program)} />
        ))}
      </ul>
      <div>
        <Button onClick={onAdd} data-testid="programs-add">
          Add a program…
        </Button>
      </div>
    </>
  );
};

const NoPrograms = ({ onAdd }: { readonly onAdd: () => void }) => (
  <EmptyState
    icon={Plug}
    title="No program yet"
    text="Add the mail program that you like, and Posthorn makes a password for it and shows how to set it up."
    action={
      <Button tone="primary" onClick={onAdd} data-testid="programs-add">
        Add a program…
      </Button>
    }
    testId="programs-none"
  />
);

type ProgramRowProps = { readonly program: MailProgram; readonly now: number; readonly onSetup: () => void };

const ProgramRow = ({ program, now, onSetup }: ProgramRowProps) => {
  const services = useServices();
  const identities = useIdentities() ?? [];
  const own = identities.filter(({ id }) => program.identityIds.includes(id)).map(identityName);
  const whose = own.length === 0 ? 'for no identity: remove it' : `for ${own.join(', ')}`;
  return (
    <li className={settings.row} data-testid="program">
      <div className={settings.words}>
        <p className={settings.title}>
          <PeerText text={program.name} />
        </p>
        <p className={settings.hint}>
          {whose}; {formText[program.form]}; {lastUse(program, now)}
        </p>
      </div>
      <div className={settings.control}>
        <Button onClick={onSetup} aria-label={`How to set up ${program.name}`}>
          Set up…
        </Button>
        <Button
          onClick={() => removeProgram(services, program)}
          aria-label={`Remove ${program.name}`}
          data-testid="program-remove"
        >
          Remove…
        </Button>
      </div>
    </li>
  );
};
