import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * The Electron to test with: POSTHORN_ELECTRON as the project's commands set it, else what scripts/electron-runtime.mjs
 * finds (run as a program, because it cannot be bundled).
 */
export async function electronProgram(): Promise<string> {
  const given = process.env['POSTHORN_ELECTRON'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('scripts/electron-runtime.mjs')]);
  return stdout.trim();
}

/** Chromium's sandbox cannot work for root, the account of containers and CI. */
export function electronArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
