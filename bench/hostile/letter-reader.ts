import { once } from 'node:events';
import { resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

/** Of one reading: milliseconds, how long the asking thread stood still, octets of memory of the process at most. */
export type Reading = { readonly ms: number; readonly stillMs: number; readonly peakBytes: number };

/** Milliseconds between two looks at the loop and at memory. */
const RESOLUTION = 5;
/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/hostile-reader.cjs');

/** Posthorn's reading of mail, on a thread of its own as in the program. */
export class LetterReader {
  readonly #worker = new Worker(program);

  async read(letter: Uint8Array): Promise<Reading> {
    const loop = monitorEventLoopDelay({ resolution: RESOLUTION });
    let peakBytes = 0;
    const look = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }, RESOLUTION);
    const answer = once(this.#worker, 'message') as Promise<[number]>;
    loop.enable();
    this.#worker.postMessage(letter);
    const [ms] = await answer;
    loop.disable();
    clearInterval(look);
    return { ms, stillMs: loop.max / 1e6, peakBytes: Math.max(peakBytes, process.memoryUsage.rss()) };
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
