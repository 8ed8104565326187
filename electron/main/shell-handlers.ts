import type { BrowserWindow } from 'electron';
import { app, clipboard, nativeTheme, Notification } from 'electron';
import { PosthornError } from '../../shared/errors';
import type { HandlersOf } from '../../shared/rpc-kit';
import type { ShellContract } from '../../shared/shell-contract';
import type { Keyring } from './keyring';
import { saveFile } from './save-file';
import { focusWindow } from './window';

export type ShellParts = {
  readonly window: () => BrowserWindow;
  readonly keyring: Keyring;
  /** Hands the page a fresh port to the core. */
  readonly connectCore: () => void;
};

/** The answers to the shell contract: what the page may ask of the desktop. */
export function shellHandlers({ window, keyring, connectCore }: ShellParts): HandlersOf<ShellContract> {
  return {
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      packaged: app.isPackaged,
    }),
    'app.quit': () => done(() => app.quit()),
    'core.connect': () => done(connectCore),
    'files.save': (file) => saveFile(window(), file),
    'clipboard.write': ({ text }) => done(() => void clipboard.writeText(text)),
    'notifications.newMail': ({ count }) => done(() => announceMail(window(), count)),
    'window.setTheme': ({ theme }) =>
      done(() => {
        nativeTheme.themeSource = theme;
      }),
    'window.setBadge': ({ count }) => done(() => void app.setBadgeCount(count)),
    'keyring.state': async () => ({ available: keyring.available(), remembered: await keyring.remembers() }),
    'keyring.remember': async ({ passphrase }) => {
      if (await keyring.remember(passphrase)) return {};
      throw new PosthornError('internal', 'This desktop has no keyring, so the passphrase was not kept. Nothing else has changed.');
    },
    'keyring.recall': async () => {
      const passphrase = await keyring.recall();
      return passphrase === undefined ? {} : { passphrase };
    },
    'keyring.forget': async () => {
      await keyring.forget();
      return {};
    },
  };
}

function done(action: () => void): Record<string, never> {
  action();
  return {};
}

/** Says how many and never who: notifications are seen by whoever looks at the screen, and kept by some desktops. */
function announceMail(window: BrowserWindow, count: number): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: 'Posthorn', body: count === 1 ? 'One new message' : `${count} new messages` });
  notification.on('click', () => focusWindow(window));
  notification.show();
}
