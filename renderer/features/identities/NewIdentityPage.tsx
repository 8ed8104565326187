import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { IdentityColour } from '../../../shared/identity';
import { createIdentity } from '../../actions/profile/create-identity';
import { restoreFromPaper } from '../../actions/profile/restore-from-paper';
import { IdentityFields } from '../../parts/identity/IdentityFields';
import type { IdentityDraft } from '../../parts/identity/IdentityFields';
import { localPartProblem } from '../../words/local-part-problem';
import { PageFrame } from '../../parts/PageFrame';
import { isPaperDraftWhole, PaperIdentityFields } from '../../parts/identity/PaperIdentityFields';
import type { PaperDraft } from '../../parts/identity/PaperIdentityFields';
import { useTask } from '../../parts/use-task';
import type { Task } from '../../parts/use-task';
import { useIdentities } from '../../queries/use-identities';
import { openIdentitySheet } from '../../state/identity-sheet';
import { showView } from '../../state/selection';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import styles from './identities.module.css';

/** Makes another identity, or one of a paper key, then shows its address. */
export const NewIdentityPage = () => {
  const [fromPaper, setFromPaper] = useState(false);
  const identities = useIdentities();
  if (identities === undefined) return null;
  const colour = unusedColour(identities.map((identity) => identity.colour));
  return (
    <PageFrame
      title={fromPaper ? 'Restore an address from paper' : 'New identity'}
      lead={
        fromPaper
          ? paperLead
          : 'An address with its own keys, mailbox and contacts. Nobody can tell that it belongs to the same person as your others.'
      }
      action={
        <Button tone="quiet" onClick={() => setFromPaper(!fromPaper)} data-testid="new-identity-paper">
          {fromPaper ? 'A new address instead' : 'From a paper key…'}
        </Button>
      }
      testId="new-identity-page"
    >
      {fromPaper ? <PaperForm colour={colour} /> : <NewForm colour={colour} />}
    </PageFrame>
  );
};

const paperLead =
  'The 24 words bring back the address, with a new OpenPGP key: your contacts see “Key changed” and have to verify you again.';

const NewForm = ({ colour }: { readonly colour: IdentityColour }) => {
  const services = useServices();
  const task = useTask();
  const [draft, setDraft] = useState<IdentityDraft>();
  const [tried, setTried] = useState(false);
  const value = draft ?? { localPart: '', label: '', colour };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (localPartProblem(value.localPart) !== undefined) return;
    void task.run(async () => openIdentitySheet((await createIdentity(services, value)).id));
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <IdentityFields value={value} onChange={setDraft} strict={tried} />
      <FormEnd task={task} verb="Create identity" />
    </form>
  );
};

const PaperForm = ({ colour }: { readonly colour: IdentityColour }) => {
  const services = useServices();
  const task = useTask();
  const [draft, setDraft] = useState<PaperDraft>({ words: '', localPart: '', label: '', colour });
  const [refusal, setRefusal] = useState<string>();
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isPaperDraftWhole(draft)) return;
    void task.run(async () => {
      const outcome = await restoreFromPaper(services, draft);
      if ('refusal' in outcome) setRefusal(outcome.refusal);
      else openIdentitySheet(outcome.identity.id);
    });
  };
  const change = (next: PaperDraft) => {
    setDraft(next);
    setRefusal(undefined);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate data-testid="paper-identity-form">
      <PaperIdentityFields value={draft} onChange={change} strict={tried} refusal={refusal} />
      <FormEnd task={task} verb="Restore this address" />
    </form>
  );
};

const FormEnd = ({ task, verb }: { readonly task: Task; readonly verb: string }) => (
  <>
    {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    <div className={styles.buttons}>
      <Button onClick={() => showView('mail')} disabled={task.busy}>
        Cancel
      </Button>
      <Button type="submit" tone="primary" busy={task.busy} data-testid="create-identity">
        {task.busy ? 'Making keys…' : verb}
      </Button>
    </div>
  </>
);

/** The first colour that no identity has yet, so that two are not mixed up. */
const unusedColour = (used: readonly IdentityColour[]): IdentityColour =>
  IdentityColour.options.find((colour) => !used.includes(colour)) ?? 'slate';
