import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailSeeds } from './seeding/mail-seeds';
import { openpgpSeeds } from './seeding/openpgp-seeds';
import { textSeeds } from './seeding/text-seeds';

/**
 * Writes the seeds that are made, into a folder for each target: `node dist/fuzz/make-seeds.cjs fuzz/seeds`. What is
 * there stays as it is: ciphers and signatures would come out differently each time.
 */
async function makeSeeds(folder: string): Promise<void> {
  const seeds = { ...(await openpgpSeeds()), ...(await mailSeeds()), ...(await textSeeds()) };
  for (const [target, inputs] of Object.entries(seeds)) {
    mkdirSync(join(folder, target), { recursive: true });
    for (const [name, octets] of Object.entries(inputs)) {
      const path = join(folder, target, name);
      if (!existsSync(path)) writeFileSync(path, octets);
    }
  }
}

void makeSeeds(process.argv[2] ?? 'fuzz/seeds');
