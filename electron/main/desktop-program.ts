import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, ipcMain, powerMonitor, session } from 'electron';
import type { Glance } from '../../shared/glance';
import { SupervisedTor } from '../supervise/supervised-tor';
import { serveApp } from './window/app-protocol';
import { bundlePaths } from './program/bundle-paths';
import { CameraGrant } from './desktop/camera-grant';
import { CoreProcess } from './core/core-process';
import { serveShell } from './program/ipc-main-server';
import { FilesInPieces } from './desktop/files-in-pieces';
import { unlockForDeveloper } from './core/developer-core';
import { Autostart } from './desktop/autostart';
import { PreferencesFile } from './desktop/desktop-preferences';
import { Keyring } from './desktop/keyring';
import { writeLog } from './program/main-log';
import { installMenu } from './window/menu';
import { MainWindow } from './window/main-window';
import { PageRevival } from './window/page-revival';
import { shellHandlers } from './shell-handlers';
import { StayRunning } from './stay-running';
import { torPlaces } from './program/tor-places';
import { closeSession } from './window/web-security';
import { sessionPartition } from './window/window';
import type { Workshop } from './program/workshop-orders';
import { followWorkshop } from './program/workshop-orders';

export type DesktopStart = {
  readonly profileDirectory: string;
  /** The profile that was asked for, and undefined for the usual one. */
  readonly askedProfile: string | undefined;
  /** A start at login: no window is opened. */
  readonly hidden: boolean;
  /** Whether another start of the program asks for its window. */
  readonly asksForWindow: (argv: readonly string[]) => boolean;
};

/** The desktop program of one profile: its window, its core and its tor, started and ended together. */
export class DesktopProgram {
  readonly #start: DesktopStart;
  readonly #keyring: Keyring;
  readonly #core: CoreProcess;
  readonly #tor: SupervisedTor;
  readonly #camera = new CameraGrant();
  readonly #files = new FilesInPieces();
  readonly #developerTools = !app.isPackaged;
  readonly #workshop: Workshop = app.isPackaged ? { tell: () => undefined } : this.#followWorkshop();
  readonly #window: MainWindow;
  readonly #stay: StayRunning;
  #hidden: boolean;
  #ending: Promise<void> | undefined;
  #ended = false;

  constructor(start: DesktopStart) {
    const { profileDirectory } = start;
    this.#start = start;
    this.#hidden = start.hidden;
    this.#keyring = new Keyring(profileDirectory);
    this.#core = new CoreProcess({
      bundle: bundlePaths.core,
      pgpWorker: bundlePaths.pgpWorker,
      profileDirectory,
      page: () => this.#window.page,
      onFailed: (message) => void this.#giveUp(message),
      onStill: () => writeLog('error', 'core-stood-still'),
      onStillLocked: () => this.#stay.notice.tellLocked(),
      onDied: (delayMs) => {
        // Its next one is locked: nobody would know that nothing arrives any more.
        this.#hidden ||= this.#stay.receives && !this.#window.isSeen;
        this.#stay.follow(undefined);
        writeLog('error', 'core-died', { delayMs });
      },
      onGlance: (glance) => this.#follow(glance),
      onReady: () => void this.#coreReady(),
    });
    this.#tor = new SupervisedTor({
      places: torPlaces(),
      dataDirectory: join(profileDirectory, 'tor'),
      allowTestLines: !app.isPackaged || __TEST_NETWORK__,
      onLaunch: (launch) => this.#core.torChanged(launch),
      // The window says it too, in the settings and in the tor status; this is for a start from a terminal.
      say: (sentence) => void process.stderr.write(`${sentence}\n`),
    });
    this.#window = new MainWindow({
      preload: bundlePaths.preload,
      lookPath: join(profileDirectory, 'window.json'),
      developerTools: this.#developerTools,
      isEnding: () => this.#ended,
      onClosing: () => void this.#stay.closing(),
      onOpened: (window) => this.#opened(window),
      onLooked: () => this.#stay.notice.looked(),
      onPageLeft: () => void this.#files.abandonAll(),
    });
    this.#stay = new StayRunning({
      window: this.#window,
      preferences: new PreferencesFile(join(profileDirectory, 'desktop.json')),
      autostart: new Autostart(start.askedProfile),
      lockCore: (what) => this.#core.lock(what),
      end: () => void this.#end(),
    });
  }

  /** After the application is ready: closes every way out, then starts tor, core and window side by side. */
  async start(): Promise<void> {
    const missing = [bundlePaths.core, bundlePaths.preload, join(bundlePaths.renderer, 'index.html')].find(
      (path) => !existsSync(path),
    );
    if (missing !== undefined)
      return this.#giveUp('A part of the program is missing. Install Posthorn again (in a clone: npm run build).');
    app.configureHostResolver({ secureDnsMode: 'off', enableBuiltInResolver: false });
    const pageSession = session.fromPartition(sessionPartition);
    await Promise.all([closeSession(pageSession, this.#camera), closeSession(session.defaultSession)]);
    serveApp(pageSession, bundlePaths.renderer);
    this.#servePage();
    installMenu({
      developerTools: this.#developerTools,
      lock: (what) => void this.#stay.lock(what),
      quit: () => this.#stay.askQuit(),
    });
    this.#watchDesktop();
    this.#core.start();
    void this.#tor.start();
    void this.#stay.start();
    if (!this.#hidden) this.#window.open();
  }

  #servePage(): void {
    serveShell(ipcMain, {
      page: () => this.#window.page,
      handlers: shellHandlers({
        window: () => this.#window.open(),
        page: () => this.#window.page,
        wishes: this.#window.wishes,
        stay: this.#stay,
        keyring: this.#keyring,
        files: this.#files,
        camera: this.#camera,
        connectCore: () => this.#core.connectPage(),
      }),
      onFault: (error) => {
        writeLog('error', 'shell-call-failed');
        if (!__PRODUCTION__) process.stderr.write(`${inspect(error)}\n`);
      },
    });
  }

  #followWorkshop(): Workshop {
    return followWorkshop({
      'reload-page': () => this.#window.page?.reloadIgnoringCache(),
      'restart-core': () => void this.#core.restart(),
      end: () => void this.#end(),
    });
  }

  async #coreReady(): Promise<void> {
    const passphrase = process.env['POSTHORN_PASSPHRASE'];
    if (!app.isPackaged && passphrase !== undefined) await unlockForDeveloper(this.#core.connectMain(), passphrase);
    this.#workshop.tell('core-ready');
  }

  #opened(window: BrowserWindow): void {
    const page = window.webContents;
    // The page listens by now: its script runs before its document is ready.
    page.on('dom-ready', () => {
      if (page === this.#window.page) this.#core.connectPage();
    });
    page.on('did-finish-load', () => this.#workshop.tell('page-ready'));
    new PageRevival((message) => void this.#giveUp(message)).watch(page);
  }

  #follow(glance: Glance): void {
    this.#stay.follow(glance);
    if (!this.#hidden || glance.profile === 'new') return;
    this.#hidden = false;
    if (glance.profile === 'locked') void this.#unlockHidden();
  }

  /** Nobody sits before a start at login: the keyring's passphrase opens the profile, and no window. */
  async #unlockHidden(): Promise<void> {
    const passphrase = await this.#keyring.recall();
    if (passphrase === undefined) this.#stay.notice.tellLocked();
    else this.#core.unlockBehind(passphrase);
  }

  #watchDesktop(): void {
    powerMonitor.on('resume', () => this.#core.resumed());
    powerMonitor.on('lock-screen', () => void this.#screenLocked());
    powerMonitor.on('suspend', () => void this.#screenLocked());
    app.on('second-instance', (_event, argv) => {
      if (this.#start.asksForWindow(argv)) this.#window.show();
    });
    app.on('activate', () => void this.#window.show());
    // Electron would quit: mail arrives without a window.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', (event) => {
      if (this.#ended) return;
      event.preventDefault();
      void this.#end();
    });
  }

  async #screenLocked(): Promise<void> {
    await this.#stay.saved();
    this.#core.screenLocked();
  }

  /** Ends core and tor before the program, so that nothing outlives it and nothing in hand is lost. */
  #end(): Promise<void> {
    this.#ending ??= this.#stopAll();
    return this.#ending;
  }

  async #stopAll(): Promise<void> {
    for (const step of [
      () => this.#stay.saved(),
      () => this.#core.stop(),
      () => this.#tor.stop(),
      () => this.#files.abandonAll(),
      () => this.#window.lookKept(),
    ]) {
      await step().catch(() => writeLog('error', 'stop-failed'));
    }
    this.#stay.stop();
    this.#ended = true;
    app.quit();
  }

  async #giveUp(message: string): Promise<void> {
    process.stderr.write(`${message}\n`);
    const { window } = this.#window;
    if (window === undefined) dialog.showErrorBox('Posthorn cannot start', message);
    else
      await dialog.showMessageBox(window, {
        type: 'error',
        title: 'Posthorn',
        message: 'Posthorn cannot go on',
        detail: message,
        buttons: ['Quit'],
      });
    await this.#end();
  }
}
