import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the folder of a Tor Expert Bundle says of itself. */
export type BundleStamp = { readonly bundle: string; readonly files: ReadonlyMap<string, string> };

/**
 * Reads the `bundle.json` that scripts/tor-fetch.mjs leaves with what it unpacks.
 * @returns undefined where there is none, as beside a copy of a system's tor
 */
export function readStamp(folder: string): BundleStamp | undefined {
  const path = join(folder, 'bundle.json');
  if (!existsSync(path)) return undefined;
  try {
    const { bundle, files } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    if (typeof bundle !== 'string' || !/^[0-9a-z.]{1,30}$/.test(bundle)) return undefined;
    const sums = Object.entries((files ?? {}) as Record<string, unknown>);
    return { bundle, files: new Map(sums.map(([name, sum]) => [name, String(sum)])) };
  } catch {
    return undefined;
  }
}

/** Whether every file is the one that was unpacked. */
export function isIntact(folder: string, { files }: BundleStamp): boolean {
  return [...files].every(([name, sum]) => {
    const path = join(folder, name);
    return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sum;
  });
}
