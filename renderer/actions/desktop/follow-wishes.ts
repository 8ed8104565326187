import type { ShellWish } from '../../../shared/contract/shell-contract';
import { hearWishes } from '../../bridge/hear-wishes';
import { closeCardDialog } from '../../state/card-dialogs';
import { useDesktopQuestion } from '../../state/questions/desktop-question';
import { useProfile } from '../../state/profile';
import type { Services } from '../../state/services';
import { flushUnsaved } from '../../state/unsaved';
import { startMessage } from '../compose/start-message';

/** Begins a message now, or when the person has unlocked the window. */
const composeWhenOpen = (): void => {
  if (useProfile.getState().phase === 'unlocked') {
    startMessage();
    return;
  }
  const stop = useProfile.subscribe(({ phase }) => {
    if (phase !== 'unlocked') return;
    stop();
    startMessage();
  });
};

const grant = async (wish: ShellWish): Promise<void> => {
  if (wish.kind === 'save') await flushUnsaved();
  else if (wish.kind === 'compose') composeWhenOpen();
  else if (wish.kind === 'unseen') closeCardDialog();
  else useDesktopQuestion.setState({ question: wish });
};

/**
 * Does what the main process wishes: saves what is being written, begins a message, asks the person.
 * @returns how to stop
 */
export const followWishes = ({ shell }: Services): (() => void) => hearWishes({ page: window, shell }, grant);
