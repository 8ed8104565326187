import type { MailProgram } from '../../../shared/programs/mail-program';
import { askToConfirm } from '../../state/questions/confirmation';
import { setPrograms } from '../../state/programs';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/** Takes the password of a program back, after a question. */
export const removeProgram = ({ core }: Services, { id, name }: MailProgram): void => {
  const run = async (): Promise<void> => {
    const access = await tryOrTell(() => core.call('programs.remove', { programId: id }));
    if (!access) return;
    setPrograms(access);
    showToast({ text: `${name} can no longer log in` });
  };
  askToConfirm({
    title: `Remove ${name}?`,
    text: 'Its password stops working at once, and its connections are cut off. Your mail stays here; what the program has copied stays in the program.',
    confirm: 'Remove',
    tone: 'danger',
    run: () => void run(),
  });
};
