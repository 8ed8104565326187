import type { ChildProcess } from 'node:child_process';
import { waitFor } from './wait-for';

/** Everything a program has printed, line by line, with a way to wait for a line. */
export class ChildOutput {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(stream: NonNullable<ChildProcess['stdout']>) {
    let rest = '';
    stream.on('data', (chunk: Buffer) => {
      const pieces = (rest + chunk.toString('utf8')).split('\n');
      rest = pieces.pop() ?? '';
      this.#lines.push(...pieces);
      for (const listener of [...this.#listeners]) listener();
    });
    stream.on('close', () => {
      if (rest !== '') this.#lines.push(rest);
      for (const listener of [...this.#listeners]) listener();
    });
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  text(): string {
    return this.#lines.join('\n');
  }

  /** The first line that matches, now or later. */
  line(pattern: RegExp): Promise<string> {
    return waitFor(() => this.#lines.find((line) => pattern.test(line)), {
      what: `a line like ${String(pattern)}; there was:\n${this.#lines.slice(-20).join('\n')}`,
      changed: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    });
  }
}
