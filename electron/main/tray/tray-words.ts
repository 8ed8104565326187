import type { Glance } from '../../../shared/glance';

/** How the icon is drawn: with a mark for unread mail, pale while nothing can arrive. */
export type TrayLook = 'normal' | 'unread' | 'offline';

/** What stands between mail and its arrival, if anything does. */
export function trayLook(glance: Glance | undefined): TrayLook {
  if (glance === undefined || !isOpen(glance) || glance.tor !== 'online') return 'offline';
  return glance.unread > 0 ? 'unread' : 'normal';
}

/** The first lines of the tray's menu, and its tooltip: the mail, then Tor. */
export function trayLines(glance: Glance | undefined): readonly string[] {
  if (glance === undefined) return ['Starting…'];
  if (glance.profile === 'new') return ['No profile yet'];
  if (glance.profile === 'locked') return ['Locked: no mail arrives'];
  if (glance.profile === 'opening') return ['Being opened…'];
  return [unreadWords(glance.unread), torWords[glance.tor]];
}

/** Whether mail arrives as soon as Tor is there. */
export function isOpen({ profile }: Glance): boolean {
  return profile === 'unlocked' || profile === 'window-locked';
}

function unreadWords(unread: number): string {
  if (unread === 0) return 'No unread mail';
  return unread === 1 ? 'One unread message' : `${String(unread)} unread messages`;
}

const torWords: Readonly<Record<Glance['tor'], string>> = {
  off: 'Tor is off',
  starting: 'Tor is starting',
  connecting: 'Connecting to Tor',
  online: 'Connected to Tor',
  restarting: 'Tor is being restarted',
  'no-network': 'No network',
  failed: 'Tor does not run',
};
