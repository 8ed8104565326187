import type { BrowserWindow } from 'electron';
import { app, clipboard, nativeTheme, Notification } from 'electron';
import { PosthornError } from '../../shared/errors';
import type { HandlersOf } from '../../shared/contract/rpc-kit';
import { newMailWords } from '../../shared/new-mail-words';
import type { NewMail } from '../../shared/new-mail-words';
import type { ShellContract } from '../../shared/contract/shell-contract';
import { present } from '../../shared/present';
import type { CameraGrant } from './desktop/camera-grant';
import { captureScreen } from './desktop/capture-screen';
import { desktopAllowsCamera } from './desktop/desktop-camera';
import type { FilesInPieces } from './desktop/files-in-pieces';
import type { Keyring } from './desktop/keyring';
import { printPage } from './desktop/print-page';
import { readClipboard } from './desktop/read-clipboard';
import { askWhere, saveFile } from './desktop/save-file';
import { safeFileName } from '../../shared/text/file-name';
import { focusWindow } from './window/window';

export type ShellParts = {
  readonly window: () => BrowserWindow;
  readonly keyring: Keyring;
  readonly files: FilesInPieces;
  readonly camera: CameraGrant;
  /** Hands the page a fresh port to the core. */
  readonly connectCore: () => void;
};

/** The answers to the shell contract: what the page may ask of the desktop. */
export function shellHandlers({ window, keyring, files, camera, connectCore }: ShellParts): HandlersOf<ShellContract> {
  return {
    ...fileHandlers(window, files),
    ...lookHandlers(window, camera),
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      packaged: app.isPackaged,
      screenReader: app.accessibilitySupportEnabled,
    }),
    'app.quit': () => done(() => app.quit()),
    'core.connect': () => done(connectCore),
    'clipboard.write': ({ text }) => done(() => void clipboard.writeText(text)),
    'notifications.newMail': (mail) => done(() => announceMail(window(), mail)),
    'window.setTheme': ({ theme }) =>
      done(() => {
        nativeTheme.themeSource = theme;
      }),
    'window.setBadge': ({ count }) => done(() => void app.setBadgeCount(count)),
    'keyring.state': async () => ({ available: keyring.available(), remembered: await keyring.remembers() }),
    'keyring.remember': async ({ passphrase }) => {
      if (await keyring.remember(passphrase)) return {};
      throw new PosthornError(
        'internal',
        'This desktop has no keyring, so the passphrase was not kept. Nothing else has changed.',
      );
    },
    'keyring.recall': async () => {
      const passphrase = await keyring.recall();
      return present({ passphrase });
    },
    'keyring.forget': async () => {
      await keyring.forget();
      return {};
    },
  };
}

type FileCalls = 'files.save' | 'files.create' | 'files.append' | 'files.finish';

function fileHandlers(window: () => BrowserWindow, files: FilesInPieces): Pick<HandlersOf<ShellContract>, FileCalls> {
  return {
    'files.save': (file) => saveFile(window(), file),
    'files.create': async ({ suggestedName }) => {
      const path = await askWhere(window(), safeFileName(suggestedName, 'file'));
      return path === undefined ? {} : { fileId: await files.create(path) };
    },
    'files.append': async ({ fileId, piece }) => {
      await files.append(fileId, piece);
      return {};
    },
    'files.finish': async ({ fileId, keep }) => {
      await files.finish(fileId, keep);
      return {};
    },
  };
}

type LookCalls = 'camera.allow' | 'screen.capture' | 'clipboard.read' | 'page.print';

/** Pictures and texts in which the page looks for a card, and how a card is printed. */
function lookHandlers(window: () => BrowserWindow, camera: CameraGrant): Pick<HandlersOf<ShellContract>, LookCalls> {
  return {
    'camera.allow': async ({ allowed }) => {
      const granted = allowed && (await desktopAllowsCamera());
      camera.set(granted);
      return { granted };
    },
    'screen.capture': () => captureScreen(window()),
    'clipboard.read': () => readClipboard(),
    'page.print': async () => {
      await printPage(window());
      return {};
    },
  };
}

function done(action: () => void): Record<string, never> {
  action();
  return {};
}

/** Tells numbers and never a sender: anybody at the screen sees notifications, and some desktops keep them. */
function announceMail(window: BrowserWindow, mail: NewMail): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: 'Posthorn',
    body: newMailWords(mail),
  });
  notification.on('click', () => focusWindow(window));
  notification.show();
}
