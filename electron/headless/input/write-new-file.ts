import { writeFile } from 'node:fs/promises';
import { UsageError } from '../commands/command';

/**
 * Writes what was asked for into a new file that only its owner may read.
 * @throws UsageError when the file is there already or cannot be written
 */
export async function writeNewFile(path: string, content: Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new UsageError('The file cannot be written, or is there already. Choose another name.', { cause: error });
  }
}
