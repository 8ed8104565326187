import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Identity } from '../../../shared/identity';
import { createIdentity } from '../../actions/profile/create-identity';
import { IdentityFields } from '../../parts/identity/IdentityFields';
import type { IdentityDraft } from '../../parts/identity/IdentityFields';
import { localPartProblem } from '../../words/local-part-problem';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import styles from './steps.module.css';
import { WelcomeFrame } from './WelcomeFrame';

export type IdentityStepProps = { readonly onCreated: (identity: Identity) => void; readonly onPaper: () => void };

/** Second step: the first identity. */
export const IdentityStep = ({ onCreated, onPaper }: IdentityStepProps) => {
  const services = useServices();
  const task = useTask();
  const [draft, setDraft] = useState<IdentityDraft>({ localPart: '', label: '', colour: 'blue' });
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (localPartProblem(draft.localPart) !== undefined) return;
    void task.run(async () => onCreated(await createIdentity(services, draft)));
  };
  return (
    <WelcomeFrame
      title="Create your first identity"
      lead="An identity is an address with keys of its own. You can have several, and nobody can tell that they belong together."
      step={2}
      foot={
        !task.busy && (
          <Button tone="quiet" icon={ScrollText} onClick={onPaper} data-testid="restore-paper">
            Restore an address from paper…
          </Button>
        )
      }
    >
      <form className={styles.form} onSubmit={submit} noValidate data-testid="welcome-identity-form">
        <IdentityFields value={draft} onChange={setDraft} strict={tried} />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        <Button type="submit" tone="primary" size="large" wide busy={task.busy} data-testid="create-identity">
          {task.busy ? 'Making keys…' : 'Create identity'}
        </Button>
      </form>
    </WelcomeFrame>
  );
};
