import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { letProgramsIn } from '../../../actions/programs/let-programs-in';
import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { showToast } from '../../../state/toasts';
import { portFrom, portProblems } from './program-ports';

/** The two ports as they are typed, and how they are saved. */
export const usePorts = ({ isOn, ...access }: ProgramAccess) => {
  const services = useServices();
  const task = useTask();
  const [typed, setTyped] = useState({ imap: String(access.imap.port), submission: String(access.submission.port) });
  const [imapPort, submissionPort] = [portFrom(typed.imap), portFrom(typed.submission)];
  const change = (part: Partial<typeof typed>) => {
    task.clearError();
    setTyped({ ...typed, ...part });
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (imapPort === undefined || submissionPort === undefined || imapPort === submissionPort) return;
    void task.run(async () => {
      await letProgramsIn(services, { isOn, imapPort, submissionPort });
      showToast({ text: 'Ports saved', about: 'ports' });
    });
  };
  return {
    typed,
    change,
    save,
    task,
    problems: portProblems(typed.imap, typed.submission),
    isSame: imapPort === access.imap.port && submissionPort === access.submission.port,
  };
};
