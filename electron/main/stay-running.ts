import { app } from 'electron';
import type { DesktopState } from '../../shared/contract/shell-contract';
import type { Glance } from '../../shared/glance';
import type { Autostart } from './desktop/autostart';
import type { PreferencesFile } from './desktop/desktop-preferences';
import { NewMailNotice } from './desktop/new-mail-notice';
import { showNotification } from './desktop/show-notification';
import type { StayCalls } from './shell-handlers';
import { TrayIcon } from './tray/tray-icon';
import { TrayWatch } from './tray/tray-watch';
import { isOpen } from './tray/tray-words';
import type { MainWindow } from './window/main-window';

/** How long a lock, or the end of the program, waits for a page to store what is being written. */
const saveLimitMs = 5_000;

export type StayRunningParts = {
  readonly window: MainWindow;
  readonly preferences: PreferencesFile;
  readonly autostart: Autostart;
  readonly lockCore: (what: 'window' | 'everything') => void;
  /** Ends the program. */
  readonly end: () => void;
};

/** How the program stays while its window is closed or locked: the tray, notifications, closing, locking, quitting. */
export class StayRunning implements StayCalls {
  readonly notice: NewMailNotice;
  readonly #parts: StayRunningParts;
  readonly #tray: TrayIcon;
  readonly #watch: TrayWatch;
  #glance: Glance | undefined;
  /** There is somebody for whom mail arrives, also while the core is being started anew. */
  #hasProfile = false;
  /** The page may hold mail: the profile was unlocked before it. */
  #pageKnows = false;
  #badge = 0;

  constructor(parts: StayRunningParts) {
    this.#parts = parts;
    this.notice = new NewMailNotice((body) => showNotification(body, () => this.#open()));
    this.#tray = new TrayIcon({
      open: () => this.#open(),
      compose: () => this.#compose(),
      lock: (what) => void this.lock(what),
      quit: () => this.askQuit(),
    });
    this.#watch = new TrayWatch((present) => this.#tray.setPresent(present));
  }

  /** Whether mail arrives, as far as is known. */
  get receives(): boolean {
    return this.#glance !== undefined && isOpen(this.#glance);
  }

  async start(): Promise<void> {
    await Promise.all([this.#watch.start(process), this.#parts.autostart.renew().catch(() => undefined)]);
  }

  stop(): void {
    this.#watch.stop();
    this.#tray.setPresent(false);
  }

  /** Shows the core's numbers; undefined while there is no core. A page that knew mail ends when it was locked. */
  follow(glance: Glance | undefined): void {
    this.#glance = glance;
    if (glance !== undefined) this.#hasProfile = glance.profile !== 'new';
    this.#tray.show(glance);
    this.#setBadge(glance?.unread ?? 0);
    if (glance !== undefined && glance.profile !== 'unlocked') this.renew();
    // A page whose core died was told so, and empties itself.
    this.#pageKnows = glance?.profile === 'unlocked';
    if (glance === undefined) return;
    this.notice.follow(glance, this.#parts.window.window?.isFocused() ?? false);
  }

  /** The person closes the window: it is hidden, and what that means is told the first time. */
  async closing(): Promise<void> {
    const { preferences } = this.#parts;
    const { receivesWhenClosed, closingTold } = preferences.current;
    const glance = this.#glance;
    // Who has no address yet receives nothing.
    if (!this.#hasProfile) this.#parts.end();
    else if (!receivesWhenClosed) this.askQuit();
    else if (closingTold || glance === undefined || !(await this.#tellClosing(glance))) this.#hide();
  }

  /** Stores what is being written, then locks. */
  async lock(what: 'window' | 'everything'): Promise<void> {
    await this.saved();
    this.#parts.lockCore(what);
  }

  /** Resolves when the page has stored what is being written, or hangs: then no lock waits for it any longer. */
  async saved(): Promise<void> {
    const { wishes } = this.#parts.window;
    if (wishes.listening) await wishes.ask({ kind: 'save' }, saveLimitMs);
  }

  askQuit(): void {
    void this.#askQuit();
  }

  async quit({ askAgain }: { readonly askAgain: boolean }): Promise<void> {
    // A disk that is full must not keep a person from quitting.
    if (!askAgain) await this.#parts.preferences.change({ asksBeforeQuit: false }).catch(() => undefined);
    this.#parts.end();
  }

  async hide(): Promise<void> {
    await this.#parts.preferences.change({ closingTold: true }).catch(() => undefined);
    this.#hide();
  }

  /** Ends a page that knew mail, once. @returns whether it knew any */
  renew(): boolean {
    const knew = this.#pageKnows;
    this.#pageKnows = false;
    if (knew) this.#parts.window.renew();
    return knew;
  }

  async state(): Promise<DesktopState> {
    const { receivesWhenClosed, asksBeforeQuit } = this.#parts.preferences.current;
    const startsAtLogin = await this.#parts.autostart.isOn();
    return { tray: this.#watch.present, startsAtLogin, receivesWhenClosed, asksBeforeQuit };
  }

  async change({ startsAtLogin, ...rest }: Parameters<StayCalls['change']>[0]): Promise<DesktopState> {
    if (startsAtLogin !== undefined) await this.#parts.autostart.set(startsAtLogin);
    if (Object.keys(rest).length > 0) await this.#parts.preferences.change(rest);
    return this.state();
  }

  /** @returns false when the page hangs: a person can close its window all the same */
  #tellClosing(glance: Glance): Promise<boolean> {
    const told = { kind: 'tell-closing', tray: this.#watch.present, receives: isOpen(glance) } as const;
    return this.#parts.window.wishes.ask(told);
  }

  async #askQuit(): Promise<void> {
    const { preferences, end } = this.#parts;
    const glance = this.#glance;
    const asks = glance !== undefined && glance.profile !== 'new' && preferences.current.asksBeforeQuit;
    // Whoever cannot be asked can quit all the same.
    if (!asks || !(await this.#isAsked(glance))) end();
  }

  #isAsked(glance: Glance): Promise<boolean> {
    const { window } = this.#parts;
    window.show();
    const { waiting, keepsFor } = glance;
    return window.wishes.ask({ kind: 'ask-quit', receives: isOpen(glance), waiting, keepsFor });
  }

  #hide(): void {
    const { window } = this.#parts;
    window.hide();
    void window.wishes.ask({ kind: 'unseen' });
  }

  #setBadge(unread: number): void {
    if (unread === this.#badge) return;
    this.#badge = unread;
    app.setBadgeCount(unread);
  }

  #open(): void {
    this.#parts.window.show();
  }

  #compose(): void {
    this.#open();
    void this.#parts.window.wishes.ask({ kind: 'compose' });
  }
}
