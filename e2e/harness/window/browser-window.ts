import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { electronArguments } from './electron-program';
import { HeadlessNode } from '../people/headless-node';
import type { PageServer } from './page-server';
import { servePage } from './page-server';

/** Debian's own; it is many versions newer than the engine in the Electron that the other specs run on. */
const executablePath = '/usr/bin/chromium';

declare global {
  interface Window {
    readonly callShell: (method: string, params: unknown) => Promise<unknown>;
    readonly toCore: (line: string) => Promise<void>;
    fromCore: (line: string) => void;
  }
}

/**
 * The built window in a browser, in front of a core in plain Node. A browser has no desktop, so dialogs are missing.
 */
export class BrowserWindow {
  /** What the page wrote to the console as a warning or worse, or threw. */
  readonly complaints: string[] = [];
  /** URLs that were asked for, but for the page's own. */
  readonly foreign: string[] = [];
  readonly version: string;
  readonly node: HeadlessNode;
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: PageServer;
  readonly #socket: Socket;

  private constructor(parts: {
    readonly node: HeadlessNode;
    readonly browser: Browser;
    readonly page: Page;
    readonly server: PageServer;
    readonly socket: Socket;
  }) {
    this.node = parts.node;
    this.page = parts.page;
    this.version = parts.browser.version();
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.#socket = parts.socket;
  }

  /** A new profile's first page. */
  static async start({
    name,
    torrc,
  }: {
    readonly name: string;
    readonly torrc: readonly string[];
  }): Promise<BrowserWindow> {
    const node = await HeadlessNode.start({ name, torrc, empty: true });
    const server = await servePage();
    const browser = await chromium.launch({ executablePath, args: electronArguments() });
    const page = await browser.newPage();
    const socket = connect(join(node.profile, 'control.sock'));
    await once(socket, 'connect');
    const window = new BrowserWindow({ node, browser, page, server, socket });
    await window.#open();
    return window;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#socket.destroy();
    await this.#server.close();
    await this.node.stop();
    this.node.remove();
  }

  async #open(): Promise<void> {
    const { page } = this;
    const { origin } = this.#server;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type()))
        this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('request', (request) => {
      const own = [`${origin}/`, `blob:${origin}/`, 'data:', 'about:'].some((start) => request.url().startsWith(start));
      if (!own) this.foreign.push(request.url());
    });
    await page.exposeFunction('callShell', answerForDesktop);
    await page.exposeFunction('toCore', (line: string) => void this.#socket.write(`${line}\n`));
    await page.addInitScript(joinPage);
    await page.goto(`${origin}/index.html`);
    createInterface(this.#socket).on('line', (line) => {
      // What the core says while the browser closes has nobody to hear it.
      page.evaluate((text) => window.fromCore(text), line).catch(() => undefined);
    });
  }
}

/** What the main process answers of a desktop without a keyring; everything else is refused as it would be. */
function answerForDesktop(method: string): unknown {
  if (method === 'app.info')
    return { version: '0.0.0', electron: '0.0.0', platform: process.platform, packaged: false, screenReader: false };
  if (method === 'keyring.state') return { available: false, remembered: false };
  if (method === 'desktop.state')
    return { tray: false, startsAtLogin: false, receivesWhenClosed: true, asksBeforeQuit: true };
  // A locked page must look after itself: nothing here opens another in its place.
  if (method === 'window.renew') return { renewed: false };
  if (['core.connect', 'window.setTheme', 'wishes.listen'].includes(method)) return {};
  throw new Error(`A browser has no ${method}`);
}

/**
 * Runs in the page before its own scripts and stands for the preload script: a MessagePort whose other end is the
 * core's line protocol (octets as `{"$base64"}`), and the calls to the desktop.
 */
function joinPage(): void {
  if (window !== window.top) return;
  const encode = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array
      ? { $base64: btoa(Array.from(value, (octet) => String.fromCharCode(octet)).join('')) }
      : value;
  const decode = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$base64')) return value;
    return Uint8Array.from(atob((value as { $base64: string }).$base64), (letter) => letter.charCodeAt(0));
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => void window.toCore(JSON.stringify(data, encode));
  window.fromCore = (line) => port1.postMessage(JSON.parse(line, decode));
  Object.assign(window, {
    posthorn: { call: (method: string, params: unknown) => window.callShell(method, params) },
  });
  document.addEventListener('DOMContentLoaded', () => {
    window.postMessage({ type: 'posthorn:core-port' }, location.origin, [port2]);
  });
}
