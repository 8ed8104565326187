import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that its name holds either what it held before or all of `content`, also after a power cut.
 * Only its owner may read it.
 * @throws the file system's own error; nothing is left behind then
 */
export async function writeFileAtomically(path: string, content: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.posthorn-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
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
