import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that its name holds either what it held before or all of `content`, also after a power cut.
 * @param options `mode`: the new file's permission bits (default 0600)
 * @throws the file system's own error; nothing is left behind then
 */
export async function writeFileAtomically(path: string, content: Uint8Array, { mode = 0o600 } = {}): Promise<void> {
  const draft = join(dirname(path), `.posthorn-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
