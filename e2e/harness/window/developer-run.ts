import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ChildOutput } from '../process/child-output';
import { electronProgram } from './electron-program';
import { ownDisplay } from './own-display';
import { temporaryFolder } from '../process/temporary-folder';

/** `npm run dev` in a copy of the clone that may be edited. */
export type DeveloperRun = {
  readonly output: ChildOutput;
  readonly child: ChildProcess;
  /** Adds text to the end of a source file of the copy. */
  readonly append: (file: string, text: string) => void;
  readonly remove: () => void;
};

/** Starts it on a profile that exists; resolves when it watches. */
export async function startDeveloperRun(profile: string): Promise<DeveloperRun> {
  const folder = temporaryFolder('dev');
  const clone = join(folder.path, 'clone');
  copyClone(clone);
  const child = spawn(process.execPath, [join(clone, 'scripts/dev.mjs'), '--profile', profile], {
    cwd: clone,
    env: { ...process.env, ...ownDisplay(), POSTHORN_ELECTRON: await electronProgram() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output = new ChildOutput(child.stderr);
  await output.line(/watching/u);
  return {
    child,
    output,
    append: (file, text) => appendFileSync(join(clone, file), text),
    remove: folder.remove,
  };
}

/** What Git has of the clone, as it lies there, with the same packages. */
function copyClone(clone: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of files.split('\0')) {
    if (!/^(scripts|shared|electron|renderer|bench|assets|\.config|package)/u.test(file)) continue;
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(resolve(file), join(clone, file));
  }
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
}
