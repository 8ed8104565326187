import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
      // Electron has one browser context only, and refuses what Playwright would set on it.
      const browser = await chromium.connectOverCDP(line.replace(/^.* (?=ws:)/u, ''), { noDefaults: true });
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

  /** Closes the window as a person does; resolves with the program's exit status once it is gone. */
  async close(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, 'exit');
    await this.page.close();
    await exited;
    await this.#browser.close();
    return this.#child.exitCode;
  }

  /** Ends it at once, for the time after a failed test. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
