import { join } from 'node:path';

/** Where the bundles of the other programs are: dist/, one level above this one's folder. */
const dist = join(__dirname, '..');

export const bundlePaths = {
  renderer: join(dist, 'renderer'),
  preload: join(dist, 'preload', 'entry-preload.cjs'),
  core: join(dist, 'core', 'entry-utility.cjs'),
  pgpWorker: join(dist, 'core', 'pgp-worker.cjs'),
} as const;
