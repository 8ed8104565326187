import type { BrowserWindow, WebContents } from 'electron';
import { app, clipboard, nativeTheme } from 'electron';
import { PosthornError } from '../../shared/errors';
import type { HandlersOf } from '../../shared/contract/rpc-kit';
import type { DesktopState, ShellContract } from '../../shared/contract/shell-contract';
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
import type { PageWishes } from './window/page-wishes';

export type ShellParts = {
  readonly window: () => BrowserWindow;
  readonly keyring: Keyring;
  readonly files: FilesInPieces;
  readonly camera: CameraGrant;
  /** Hands the page a fresh port to the core. */
  readonly connectCore: () => void;
  readonly stay: StayCalls;
  readonly wishes: PageWishes;
  /** The page, which is there: it asks. */
  readonly page: () => WebContents | undefined;
};

/** What the page may ask of how the program stays, goes, and is seen. */
export type StayCalls = {
  readonly askQuit: () => void;
  readonly quit: (o: { readonly askAgain: boolean }) => Promise<void>;
  readonly hide: () => Promise<void>;
  readonly renew: () => boolean;
  readonly state: () => Promise<DesktopState>;
  readonly change: (part: Partial<Omit<DesktopState, 'tray'>>) => Promise<DesktopState>;
};

/** The answers to the shell contract: what the page may ask of the desktop. */
export function shellHandlers(parts: ShellParts): HandlersOf<ShellContract> {
  const { window, keyring, files, camera, connectCore } = parts;
  return {
    ...stayHandlers(parts),
    ...fileHandlers(window, files),
    ...lookHandlers(window, camera),
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      packaged: app.isPackaged,
      screenReader: app.accessibilitySupportEnabled,
    }),
    'core.connect': () => done(connectCore),
    'clipboard.write': ({ text }) => done(() => void clipboard.writeText(text)),
    'window.setTheme': ({ theme }) =>
      done(() => {
        nativeTheme.themeSource = theme;
      }),
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

type StayMethods = 'app.askQuit' | 'app.quit' | `desktop.${'state' | 'change'}` | `wishes.${'listen' | 'heard'}`;
type SeenMethods = 'window.hide' | 'window.renew';

function stayHandlers({ stay, wishes, page }: ShellParts): Pick<HandlersOf<ShellContract>, StayMethods | SeenMethods> {
  return {
    'app.askQuit': () => done(() => stay.askQuit()),
    'app.quit': async (o) => {
      await stay.quit(o);
      return {};
    },
    'window.hide': async () => {
      await stay.hide();
      return {};
    },
    'window.renew': () => ({ renewed: stay.renew() }),
    'desktop.state': () => stay.state(),
    'desktop.change': (part) => stay.change(present(part)),
    'wishes.listen': () =>
      done(() => {
        const asking = page();
        if (asking !== undefined) wishes.listen(asking);
      }),
    'wishes.heard': ({ wishId }) => done(() => wishes.heard(wishId)),
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
