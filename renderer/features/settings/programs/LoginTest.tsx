import { useState } from 'react';
import { testLogin, type LoginOutcome } from '../../../actions/programs/add-program';
import type { IdentityId } from '../../../../shared/ids';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { outcomeWords } from './program-words';
import settings from '../settings.module.css';

export type LoginTestProps = { readonly identityId: IdentityId; readonly password: string };

/** Logs in with the password as the program will, and says what came of it. */
export const LoginTest = ({ identityId, password }: LoginTestProps) => {
  const services = useServices();
  const task = useTask();
  const [outcome, setOutcome] = useState<LoginOutcome>();
  const test = () =>
    void task.run(async () => {
      setOutcome(undefined);
      setOutcome(await testLogin(services, { identityId, password }));
    });
  return (
    <div className={settings.form}>
      <div>
        <Button busy={task.busy} onClick={test} data-testid="program-test">
          Test this login
        </Button>
      </div>
      {outcome !== undefined && (
        <Banner tone={outcomeWords[outcome].tone} testId="program-test-outcome">
          {outcomeWords[outcome].text}
        </Banner>
      )}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    </div>
  );
};
