import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';
import { useUnannounced } from '../../state/unannounced';

/** Tells the desktop of new mail while the window is not looked at: a number, never who or what. */
export const announceMail = ({ shell }: Services, message: MessageSummary): void => {
  if (message.folder !== 'inbox' || message.seen || message.protection === 'own') return;
  const count = useUnannounced.getState().count + 1;
  useUnannounced.setState({ count });
  if (document.hasFocus() || !useSettings.getState().settings.notifications) return;
  // A desktop without notifications is no reason to bother the person.
  shell.call('notifications.newMail', { count }).catch(() => undefined);
};
