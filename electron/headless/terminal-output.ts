import type { Output } from './commands/command';
import { plainJson } from './lines/plain-text';

/** Writes results to standard output and progress to standard error. */
export function terminalOutput(json: boolean): Output {
  return {
    result: (value, lines) => {
      const text = json ? [plainJson(value)] : lines;
      if (text.length > 0) process.stdout.write(`${text.join('\n')}\n`);
    },
    progress: (line) => {
      if (!json) process.stderr.write(`${line}\n`);
    },
  };
}
