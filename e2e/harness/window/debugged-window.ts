import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { ChildOutput } from '../process/child-output';
import { patienceMs } from '../process/patience';

export type WindowStart = {
  readonly executable: string;
  readonly args: readonly string[];
  /** Arguments before Chromium's: those of a command that starts the program. */
  readonly before?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * A window reached through Chromium's own debugging port: also where the program's fuses refuse Node's inspector, which
 * Playwright's Electron driver needs.
 */
export class DebuggedWindow {
  readonly page: Page;
  readonly pid: number;
  /**
   * When its process was asked for: milliseconds since 1970, with fractions, as `performance.timeOrigin` in its page.
   */
  readonly startedAt: number;
  readonly #child: ChildProcess;
  readonly #browser: Browser;

  private constructor(o: { page: Page; child: ChildProcess; browser: Browser; startedAt: number }) {
    this.page = o.page;
    this.pid = o.child.pid ?? 0;
    this.startedAt = o.startedAt;
    this.#child = o.child;
    this.#browser = o.browser;
  }

  /** Starts the program; resolves when its window is there. Needs a display. */
  static async start({ executable, args, before = [], env = {} }: WindowStart): Promise<DebuggedWindow> {
    const startedAt = performance.timeOrigin + performance.now();
    const child = spawn(executable, [...before, '--remote-debugging-port=0', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    try {
      const line = await new ChildOutput(child.stderr).line(/DevTools listening on ws:/u);
      const endpoint = line.replace(/^.* (?=ws:)/u, '');
      await pageIsListed(endpoint);
      // Electron has one browser context only, and refuses what Playwright would set on it.
      const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true, timeout: patienceMs });
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('The program has no browser context');
      context.setDefaultTimeout(patienceMs);
      const page = context.pages()[0] ?? (await context.waitForEvent('page'));
      return new DebuggedWindow({ page, child, browser, startedAt });
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Ends the program as a person does who quits it; resolves with its exit status once it is gone. */
  async close(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, 'exit');
    await this.#quit();
    await exited;
    await this.#browser.close();
    return this.#child.exitCode;
  }

  /** Posthorn's page asks for it; the empty window of a benchmark has no such call, and ends with its page. */
  async #quit(): Promise<void> {
    const asked = await this.page.evaluate(() => {
      const bridge = (window as { posthorn?: { call(method: string, params: unknown): Promise<unknown> } }).posthorn;
      // The page may end before it is answered.
      bridge?.call('app.quit', { askAgain: true }).catch(() => undefined);
      return bridge !== undefined;
    });
    if (!asked) await this.page.close();
  }

  /** Ends it at once, for the time after a failed test. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

/**
 * Resolves when the program has a page. Whoever connects while the first one is being made may wait for ever for a
 * target that is gone again; the debugging port tells of no change, so it is asked again and again.
 */
async function pageIsListed(endpoint: string): Promise<void> {
  const list = new URL('/json/list', endpoint.replace(/^ws:/u, 'http:'));
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const targets = (await (await fetch(list)).json()) as readonly { readonly type: string }[];
    if (targets.some(({ type }) => type === 'page')) return;
    await wait(50);
  }
  throw new Error('The program showed no page');
}
