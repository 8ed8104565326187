import { Notification } from 'electron';

/**
 * Shows words as a notification of the desktop, where it has any.
 * @param clicked the person wants to see more
 * @returns how to take it away
 */
export function showNotification(body: string, clicked: () => void): () => void {
  if (!Notification.isSupported()) return () => undefined;
  const notification = new Notification({ title: 'Posthorn', body });
  notification.on('click', clicked);
  notification.show();
  return () => notification.close();
}
