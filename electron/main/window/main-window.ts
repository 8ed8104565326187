import type { BrowserWindow, WebContents } from 'electron';
import { writeLog } from '../program/main-log';
import { PageWishes } from './page-wishes';
import { focusWindow, lookOf, openWindow } from './window';
import { readWindowState, writeWindowState } from './window-state';

export type MainWindowOptions = {
  readonly preload: string;
  readonly lookPath: string;
  readonly developerTools: boolean;
  /** The program ends, and its window with it. */
  readonly isEnding: () => boolean;
  /** The person closes the window. It stays until somebody hides it. */
  readonly onClosing: () => void;
  /** A window was made; its page is being loaded. */
  readonly onOpened: (window: BrowserWindow) => void;
  /** The person looks at it. */
  readonly onLooked: () => void;
  /** A page has ended, and nobody finishes what it had begun. */
  readonly onPageLeft: () => void;
};

/** The one window, which may be open, hidden or not there at all. */
export class MainWindow {
  readonly wishes = new PageWishes();
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | undefined;
  #lookKept: Promise<void> = Promise.resolve();

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  get window(): BrowserWindow | undefined {
    return this.#window;
  }

  get page(): WebContents | undefined {
    return this.#window?.webContents;
  }

  /** Whether it is open, and not in the desktop's panel alone. */
  get isSeen(): boolean {
    return this.#window !== undefined && this.#window.isVisible() && !this.#window.isMinimized();
  }

  /** Brings the window to the person's eyes; makes one where there is none. */
  show(): BrowserWindow {
    const there = this.#window;
    if (there === undefined) return this.open();
    focusWindow(there);
    return there;
  }

  /** Makes the window where there is none; it shows itself when its page has painted. */
  open(): BrowserWindow {
    this.#window ??= this.#make();
    return this.#window;
  }

  hide(): void {
    this.#window?.hide();
  }

  /**
   * Ends the page and its process, with all that it knew. Another takes its place where the window is seen; a hidden
   * one is made anew when somebody asks for it.
   */
  renew(): void {
    const former = this.#window;
    if (former === undefined) return;
    this.#keepLook(former);
    this.#left();
    const minimised = former.isMinimized();
    if (former.isVisible() || minimised) this.#replace(former, minimised);
    else former.destroy();
  }

  #replace(former: BrowserWindow, minimised: boolean): void {
    const end = (): void => {
      if (!former.isDestroyed()) former.destroy();
    };
    const next = this.#make(minimised);
    this.#window = next;
    next.setBounds(former.getNormalBounds());
    if (former.isMaximized()) next.maximize();
    if (former.isFullScreen()) next.setFullScreen(true);
    // The other way round the person would see their desktop in between.
    next.once('ready-to-show', end).once('closed', end);
    next.webContents.once('did-fail-load', end).once('render-process-gone', end);
  }

  /** Resolves when it is kept how the window looked. */
  async lookKept(): Promise<void> {
    if (this.#window !== undefined) this.#keepLook(this.#window);
    await this.#lookKept;
  }

  #make(minimised = false): BrowserWindow {
    const { preload, lookPath, developerTools, onOpened, onLooked } = this.#options;
    const window = openWindow({ preload, state: readWindowState(lookPath), developerTools, minimised });
    window.on('close', (event) => this.#closing(window, event));
    window.on('focus', onLooked);
    window.once('closed', () => {
      if (this.#window === window) this.#left();
    });
    onOpened(window);
    return window;
  }

  #closing(window: BrowserWindow, event: { preventDefault(): void }): void {
    this.#keepLook(window);
    if (this.#options.isEnding() || window !== this.#window) return;
    event.preventDefault();
    this.#options.onClosing();
  }

  #left(): void {
    this.#window = undefined;
    this.wishes.left();
    this.#options.onPageLeft();
  }

  #keepLook(window: BrowserWindow): void {
    const kept = writeWindowState(this.#options.lookPath, lookOf(window));
    this.#lookKept = kept.catch(() => writeLog('warn', 'window-state-not-kept'));
  }
}
