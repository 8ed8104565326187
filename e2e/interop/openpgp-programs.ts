import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Sequoia's `sq` tells of a certificate, certifications by others with it. */
export async function inspectWithSequoia(folder: string, keys: string): Promise<string> {
  const file = join(folder, 'inspected.asc');
  writeFileSync(file, keys);
  const { stdout } = await run('sq', ['inspect', '--certifications', file]);
  return stdout;
}

/** The listing of a new key ring with signatures, as rnp, the library in Thunderbird, has verified them. */
export async function listWithRnp(folder: string, blocks: readonly string[]): Promise<string> {
  const home = mkdtempSync(join(folder, 'rnp-'));
  const file = join(home, 'import.asc');
  for (const block of blocks) {
    writeFileSync(file, block);
    await run('rnpkeys', ['--homedir', home, '--notty', '--import-keys', file]);
  }
  const { stdout } = await run('rnpkeys', ['--homedir', home, '--notty', '--list-keys', '--with-sigs']);
  return stdout;
}
