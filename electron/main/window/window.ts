import { BrowserWindow, nativeTheme, screen } from 'electron';
import { present } from '../../../shared/present';
import { pageUrl } from '../program/page-origin';
import type { WindowState } from './window-state';
import { placedOnScreen, smallestWindow } from './window-state';

/** `--surface-page` of the page in both themes, so that nothing flashes before its first paint. */
const background = { light: '#ffffff', dark: '#222327' } as const;

/** No `persist:` in front: what the page keeps (its mirror of summaries) stays in memory and never reaches the disk. */
export const sessionPartition = 'posthorn';

export type WindowOptions = {
  readonly preload: string;
  readonly state: WindowState;
  readonly developerTools: boolean;
  /** It takes the place of one that was minimised, and stays so. */
  readonly minimised?: boolean;
};

/** Opens the one window; it shows itself when the page has painted. */
export function openWindow({ preload, state, developerTools, minimised = false }: WindowOptions): BrowserWindow {
  nativeTheme.themeSource = state.theme;
  const placed = placedOnScreen(
    state,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds(placed),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Posthorn',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      partition: sessionPartition,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: developerTools,
    },
  });
  if (state.maximised) window.maximize();
  window.once('ready-to-show', () => (minimised ? window.minimize() : window.show()));
  followTheme(window);
  void window.loadURL(pageUrl);
  return window;
}

/** Brings a window to the person's eyes, wherever it is. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function bounds({ width, height, x, y }: WindowState): { width: number; height: number; x?: number; y?: number } {
  return { width, height, ...present({ x, y }) };
}

/** How the window looks now, for the next start. */
export function lookOf(window: BrowserWindow): WindowState {
  const normal = window.getNormalBounds();
  return {
    x: normal.x,
    y: normal.y,
    width: Math.max(normal.width, smallestWindow.width),
    height: Math.max(normal.height, smallestWindow.height),
    maximised: window.isMaximized(),
    theme: nativeTheme.themeSource,
  };
}

function followTheme(window: BrowserWindow): void {
  const paint = (): void =>
    window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? background.dark : background.light);
  nativeTheme.on('updated', paint);
  window.once('closed', () => nativeTheme.off('updated', paint));
}
