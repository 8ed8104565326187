import { closeSync, openSync, readdirSync } from 'node:fs';

/** What to give `spawn` as `stdio`, and how to let go of it once the child runs. */
export type ClosedDescriptors = { readonly stdio: ('pipe' | 'ignore' | number)[]; readonly release: () => void };

const openDescriptors = '/dev/fd';
const pipes = ['pipe', 'pipe', 'pipe'] as const;

/**
 * Three pipes, and nothing in the place of every other descriptor that is open in this process. Node hands on whatever
 * was not marked close-on-exec, and Chromium marks nothing: a child would hold Chromium's own channels open, and its
 * processes would not notice that the program has died. Windows hands on only what it is told to.
 */
export function closedDescriptors(platform: NodeJS.Platform = process.platform): ClosedDescriptors {
  if (platform === 'win32') return { stdio: [...pipes], release: () => undefined };
  const nothing = openSync('/dev/null', 'r');
  const open = new Set(readdirSync(openDescriptors).map(Number));
  const highest = Math.max(...open, 2);
  const rest = Array.from({ length: highest - 2 }, (_, index) => (open.has(index + 3) ? nothing : 'ignore'));
  return { stdio: [...pipes, ...rest], release: () => closeSync(nothing) };
}
