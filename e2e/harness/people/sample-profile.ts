import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { samplePassphrase } from '../../../scripts/sample-profile.mjs';
import { temporaryFolder } from '../process/temporary-folder';

/** The profile of somebody who does not exist, on the disk. */
export type SampleProfile = { readonly profile: string; readonly remove: () => void };

/** Makes one as `npm run sample` does, with so many messages; `older`: as an older version kept it. */
export async function makeSampleProfile(
  messages: number,
  o: { readonly older?: boolean } = {},
): Promise<SampleProfile> {
  const folder = temporaryFolder('sample');
  const profile = resolve(folder.path, 'profile');
  const args = [
    resolve('dist/bench/sample.cjs'),
    profile,
    '--messages',
    String(messages),
    ...(o.older ? ['--older'] : []),
  ];
  await promisify(execFile)(process.execPath, args, { maxBuffer: 16 * 1024 * 1024 });
  return { profile, remove: folder.remove };
}

/** How `npm run sample` and `npm run dev` start the program on such a profile. */
export const sampleEnvironment = { POSTHORN_TOR: 'none', POSTHORN_PASSPHRASE: samplePassphrase } as const;
