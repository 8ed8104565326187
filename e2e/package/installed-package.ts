import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../harness/process/temporary-folder';

const run = promisify(execFile);

/** The package for tests as `npm run dist -- --test-network` makes it. */
const name = 'posthorn-test';
const made = resolve('release/test-network');

/** What dpkg unpacks, in a folder of its own instead of the system's. */
export type InstalledPackage = {
  /** The folder that stands for `/`. */
  readonly root: string;
  /** What a person's terminal finds as `posthorn-test`. */
  readonly command: string;
  /** The folder of the program and all that belongs to it. */
  readonly program: string;
  /** A field of the package's control file. */
  field(field: string): Promise<string>;
  remove(): void;
};

/** Unpacks the .deb with dpkg. @throws when it was not made yet */
export async function installPackage(): Promise<InstalledPackage> {
  const file = readdirSync(made).find((entry) => entry.endsWith('.deb'));
  if (file === undefined) throw new Error('There is no package: npm run dist -- --test-network');
  const deb = join(made, file);
  const folder = temporaryFolder('deb');
  await run('dpkg', ['--extract', deb, folder.path]);
  return {
    root: folder.path,
    command: join(folder.path, 'usr/bin', name),
    program: join(folder.path, 'usr/lib', name),
    field: async (field) => (await run('dpkg', ['--field', deb, field])).stdout.trim(),
    remove: folder.remove,
  };
}
