import { isArrival, isLate } from '../../../shared/arrival/late-mail';
import type { MessageSummary } from '../../../shared/message';
import { useUnannounced } from '../../state/unannounced';

/** Counts new mail for who hears the window; the desktop itself is told by the main process. */
export const announceMail = (message: MessageSummary): void => {
  if (!isArrival(message)) return;
  useUnannounced.setState(({ count, late }) => ({ count: count + 1, late: late + Number(isLate(message)) }));
};
