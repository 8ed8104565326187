import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Identity } from '../../../shared/identity';
import { restoreFromPaper } from '../../actions/profile/restore-from-paper';
import { isPaperDraftWhole, PaperIdentityFields } from '../../parts/identity/PaperIdentityFields';
import type { PaperDraft } from '../../parts/identity/PaperIdentityFields';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import styles from './steps.module.css';
import type { WelcomeWay } from './welcome-way';
import { WelcomeFrame } from './WelcomeFrame';
import { Ways } from './Ways';

export type PaperStepProps = {
  readonly onWay: (way: WelcomeWay) => void;
  readonly onRestored: (identity: Identity) => void;
};

/** Second step for those who have a paper key: its words, and the name before the @. */
export const PaperStep = ({ onWay, onRestored }: PaperStepProps) => {
  const services = useServices();
  const task = useTask();
  const [draft, setDraft] = useState<PaperDraft>({ words: '', localPart: '', label: '', colour: 'blue' });
  const [refusal, setRefusal] = useState<string>();
  const [tried, setTried] = useState(false);
  const change = (next: PaperDraft) => {
    setDraft(next);
    setRefusal(undefined);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isPaperDraftWhole(draft)) return;
    void task.run(async () => {
      const outcome = await restoreFromPaper(services, draft);
      if ('refusal' in outcome) setRefusal(outcome.refusal);
      else onRestored(outcome.identity);
    });
  };
  return (
    <WelcomeFrame
      title="Type your paper key"
      lead="The words bring back the address. Its OpenPGP key is a new one, so your contacts see “Key changed” and have to verify you again."
      step={2}
      foot={!task.busy && <Ways way="paper" onWay={onWay} />}
    >
      <form className={styles.form} onSubmit={submit} noValidate data-testid="welcome-paper-form">
        <PaperIdentityFields value={draft} onChange={change} strict={tried} refusal={refusal} />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        <Button type="submit" tone="primary" size="large" wide busy={task.busy} data-testid="restore-paper-confirm">
          {task.busy ? 'Making keys…' : 'Restore this address'}
        </Button>
      </form>
    </WelcomeFrame>
  );
};
