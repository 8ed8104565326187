import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { IdentityColour } from '../../../shared/identity';
import { createIdentity } from '../../actions/create-identity';
import { IdentityFields } from '../../parts/IdentityFields';
import type { IdentityDraft } from '../../parts/IdentityFields';
import { localPartProblem } from '../../parts/local-part-problem';
import { PageFrame } from '../../parts/PageFrame';
import { useTask } from '../../parts/use-task';
import { useIdentities } from '../../queries/use-identities';
import { openIdentitySheet } from '../../state/identity-sheet';
import { showView } from '../../state/selection';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import styles from './identities.module.css';

/** Makes another identity, then shows its address. */
export const NewIdentityPage = () => {
  const services = useServices();
  const task = useTask();
  const identities = useIdentities();
  const [draft, setDraft] = useState<IdentityDraft>();
  const [tried, setTried] = useState(false);
  const value = draft ?? { localPart: '', label: '', colour: unusedColour((identities ?? []).map(({ colour }) => colour)) };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (localPartProblem(value.localPart) !== undefined) return;
    void task.run(async () => openIdentitySheet((await createIdentity(services, value)).id));
  };
  return (
    <PageFrame
      title="New identity"
      lead="An address with its own keys, mailbox and contacts. Nobody can tell that it belongs to the same person as your others."
      testId="new-identity-page"
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <IdentityFields value={value} onChange={setDraft} strict={tried} />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        <div className={styles.buttons}>
          <Button onClick={() => showView('mail')} disabled={task.busy}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" busy={task.busy} data-testid="create-identity">
            {task.busy ? 'Making keys…' : 'Create identity'}
          </Button>
        </div>
      </form>
    </PageFrame>
  );
};

/** The first colour that no identity has yet, so that two are not mixed up. */
const unusedColour = (used: readonly IdentityColour[]): IdentityColour => IdentityColour.options.find((colour) => !used.includes(colour)) ?? 'slate';
