import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { join } from 'node:path';
import type { BrowserWindow, WebContents } from 'electron';
import { app, dialog, ipcMain, powerMonitor, session } from 'electron';
import { SupervisedTor } from '../supervise/supervised-tor';
import { serveApp } from './window/app-protocol';
import { bundlePaths } from './program/bundle-paths';
import { CameraGrant } from './desktop/camera-grant';
import { CoreProcess } from './core/core-process';
import { serveShell } from './program/ipc-main-server';
import { FilesInPieces } from './desktop/files-in-pieces';
import { unlockForDeveloper } from './core/developer-core';
import { Keyring } from './desktop/keyring';
import { writeLog } from './program/main-log';
import { installMenu } from './window/menu';
import { PageRevival } from './window/page-revival';
import { shellHandlers } from './shell-handlers';
import { torPlaces } from './program/tor-places';
import { closeSession } from './window/web-security';
import { focusWindow, lookOf, openWindow, sessionPartition } from './window/window';
import { readWindowState, writeWindowState } from './window/window-state';
import type { Workshop } from './program/workshop-orders';
import { followWorkshop } from './program/workshop-orders';

/** The desktop program of one profile: its window, its core and its tor, started and ended together. */
export class DesktopProgram {
  readonly #profileDirectory: string;
  readonly #core: CoreProcess;
  readonly #tor: SupervisedTor;
  readonly #camera = new CameraGrant();
  readonly #files = new FilesInPieces();
  readonly #developerTools = !app.isPackaged;
  readonly #workshop: Workshop = app.isPackaged ? { tell: () => undefined } : this.#followWorkshop();
  #window: BrowserWindow | undefined;
  #lookKept: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;
  #ended = false;

  constructor(profileDirectory: string) {
    this.#profileDirectory = profileDirectory;
    this.#core = new CoreProcess({
      bundle: bundlePaths.core,
      pgpWorker: bundlePaths.pgpWorker,
      profileDirectory,
      page: () => this.#page(),
      onFailed: (message) => void this.#giveUp(message),
      onStill: () => writeLog('error', 'core-stood-still'),
      onDied: (delayMs) => writeLog('error', 'core-died', { delayMs }),
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
    installMenu({ developerTools: this.#developerTools });
    this.#watchDesktop();
    this.#core.start();
    void this.#tor.start();
    this.#openWindow();
  }

  #servePage(): void {
    serveShell(ipcMain, {
      page: () => this.#page(),
      handlers: shellHandlers({
        window: () => this.#openWindow(),
        keyring: new Keyring(this.#profileDirectory),
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
      'reload-page': () => this.#page()?.reloadIgnoringCache(),
      'restart-core': () => void this.#core.restart(),
      end: () => void this.#end(),
    });
  }

  async #coreReady(): Promise<void> {
    const passphrase = process.env['POSTHORN_PASSPHRASE'];
    if (!app.isPackaged && passphrase !== undefined) await unlockForDeveloper(this.#core.connectMain(), passphrase);
    this.#workshop.tell('core-ready');
  }

  #openWindow(): BrowserWindow {
    if (this.#window !== undefined) return this.#window;
    const window = openWindow({
      preload: bundlePaths.preload,
      state: readWindowState(this.#lookPath()),
      developerTools: this.#developerTools,
    });
    this.#window = window;
    window.on('close', () => this.#keepLook(window));
    window.once('closed', () => {
      this.#window = undefined;
    });
    // The page listens by now: its script runs before its document is ready.
    window.webContents.on('dom-ready', () => this.#core.connectPage());
    window.webContents.on('did-finish-load', () => this.#workshop.tell('page-ready'));
    new PageRevival((message) => void this.#giveUp(message)).watch(window.webContents);
    return window;
  }

  #lookPath(): string {
    return join(this.#profileDirectory, 'window.json');
  }

  #keepLook(window: BrowserWindow): void {
    const kept = writeWindowState(this.#lookPath(), lookOf(window));
    this.#lookKept = kept.catch(() => writeLog('warn', 'window-state-not-kept'));
  }

  #page(): WebContents | undefined {
    return this.#window?.webContents;
  }

  #watchDesktop(): void {
    powerMonitor.on('resume', () => this.#core.resumed());
    powerMonitor.on('lock-screen', () => this.#core.screenLocked());
    app.on('second-instance', () => focusWindow(this.#openWindow()));
    app.on('activate', () => focusWindow(this.#openWindow()));
    app.on('window-all-closed', () => app.quit());
    app.on('before-quit', (event) => {
      if (this.#ended) return;
      event.preventDefault();
      void this.#end();
    });
  }

  /** Ends core and tor before the program, so that nothing outlives it and nothing in hand is lost. */
  #end(): Promise<void> {
    this.#ending ??= this.#stopAll();
    return this.#ending;
  }

  async #stopAll(): Promise<void> {
    if (this.#window !== undefined) this.#keepLook(this.#window);
    for (const step of [
      () => this.#core.stop(),
      () => this.#tor.stop(),
      () => this.#files.abandonAll(),
      () => this.#lookKept,
    ]) {
      await step().catch(() => writeLog('error', 'stop-failed'));
    }
    this.#ended = true;
    app.quit();
  }

  async #giveUp(message: string): Promise<void> {
    process.stderr.write(`${message}\n`);
    if (this.#window === undefined) dialog.showErrorBox('Posthorn cannot start', message);
    else
      await dialog.showMessageBox(this.#window, {
        type: 'error',
        title: 'Posthorn',
        message: 'Posthorn cannot go on',
        detail: message,
        buttons: ['Quit'],
      });
    await this.#end();
  }
}
