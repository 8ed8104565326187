/** The made-up profiles of `npm run dev` and `npm run sample`: where they are, and how they are made. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError, root, run } from './terminal.mjs';

/** The passphrase of every made-up profile; bench/sample/make-sample.ts has it too. */
export const samplePassphrase = 'sample profile';

/** Beside the packages: it goes when they go, and is never where somebody keeps mail of their own. */
const workshop = join(root, 'node_modules/.cache/workshop');

/**
 * Where a made-up profile is kept between two runs.
 * @param {string} name such as `dev`
 */
export function workshopProfile(name) {
  return join(workshop, name);
}

/**
 * Makes a made-up profile with dist/bench/sample.cjs, unless there is one.
 * @param {{directory: string, messages: number, seed: number, fresh: boolean}} options `fresh`: throws the one that is
 *   there away
 * @throws {SetUpError} when the folder holds something else, or the profile could not be made
 */
export async function makeSampleProfile({ directory, messages, seed, fresh }) {
  const isMade = existsSync(join(directory, 'sample.json'));
  if (isMade && !fresh) return;
  // Only what was made by this command is thrown away by it.
  if (!isMade && existsSync(join(directory, 'vault.json')))
    throw new SetUpError(`${directory} holds a profile that is no sample. It was left as it is; name another folder.`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const args = [join(root, 'dist/bench/sample.cjs'), directory, '--messages', `${messages}`, '--seed', `${seed}`];
  const { code } = await run(process.execPath, args);
  if (code === 0) return;
  rmSync(directory, { recursive: true, force: true });
  throw new SetUpError('the sample could not be made; what went wrong is above.');
}
