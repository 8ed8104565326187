import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new private folder, and its removal. */
export type TemporaryFolder = { readonly path: string; readonly remove: () => void };

/** Makes a folder among the temporary files, named after its use. */
export function temporaryFolder(use: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `posthorn-${use}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
