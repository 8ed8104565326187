import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Door } from '../process/listening-doors';
import { waitFor } from '../process/wait-for';

/** As electron/core/testing/stranger-flood.ts takes it. */
export type FloodOrder = {
  readonly door: Door;
  readonly address: string;
  /** Armored. */
  readonly key: string;
  readonly strangers: number;
  readonly lettersEach: number;
  readonly connections: number;
  readonly bursts: number;
  readonly burstEveryMs: number;
  /** After the last burst goes on to take places until `enough`. */
  readonly untilTold?: boolean;
};

/** What became of it, by the first three digits of the last reply; '' for none. */
export type FloodReport = {
  readonly connections: Readonly<Record<string, number>>;
  readonly mails: Readonly<Record<string, number>>;
};

type Told = { readonly ready?: true; readonly burst?: number; readonly report?: FloodReport };

/** Strangers in a process of their own, who write to one person at a door of this machine, in bursts. */
export class StrangerFlood {
  readonly #child: ChildProcess;
  readonly #program: string;
  readonly #told: Told[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(program: string, order: FloodOrder) {
    this.#program = program;
    this.#child = fork(program, [JSON.stringify(order)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.#child.on('message', (message: Told) => {
      this.#told.push(message);
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** Resolves when all letters are sealed; nothing is sent before `begin`. */
  static async prepare(order: FloodOrder): Promise<StrangerFlood> {
    const program = resolve('node_modules/.cache', `window-flood-${process.pid}.mjs`);
    const source = 'electron/core/testing/stranger-flood.ts';
    await build({
      entryPoints: [source],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.18',
      packages: 'external',
      define: { __PRODUCTION__: 'false' },
    });
    const flood = new StrangerFlood(program, order);
    await flood.#heard(({ ready }) => ready, 'the letters of strangers to be sealed');
    return flood;
  }

  begin(): void {
    this.#child.send('go');
  }

  /** Lets a flood end that goes on until it is told. */
  enough(): void {
    this.#child.send('enough');
  }

  /** Resolves when this burst, counted from 0, is on its way. */
  burst(number: number): Promise<number> {
    return this.#heard(({ burst }) => (burst === number ? number : undefined), `burst ${number}`);
  }

  report(): Promise<FloodReport> {
    return this.#heard(({ report }) => report, 'the end of the flood');
  }

  remove(): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    rmSync(this.#program, { force: true });
  }

  #heard<T>(pick: (told: Told) => T | undefined, what: string): Promise<T> {
    return waitFor(() => this.#told.map(pick).find((value) => value !== undefined), {
      what,
      changed: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    });
  }
}
