import type { Services } from '../../state/services';
import { tryOrTell } from './try-or-tell';

/** Asks the person whether to end the program, unless they want no question. */
export const askQuit = ({ shell }: Services): void => void tryOrTell(() => shell.call('app.askQuit', {}));
