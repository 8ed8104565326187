import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';
import { isLate } from '../../words/arrival/late-words';
import { useUnannounced } from '../../state/unannounced';

/** Tells the desktop of new mail while the window is not looked at: numbers, never who or what. */
export const announceMail = ({ shell }: Services, message: MessageSummary): void => {
  if (message.folder !== 'inbox' || message.seen || message.protection === 'own') return;
  const former = useUnannounced.getState();
  const told = { count: former.count + 1, late: former.late + Number(isLate(message)) };
  useUnannounced.setState(told);
  if (document.hasFocus() || !useSettings.getState().settings.notifications) return;
  // A desktop without notifications is no reason to bother the person.
  shell.call('notifications.newMail', told).catch(() => undefined);
};
