import { join } from 'node:path';
import { app } from 'electron';
import type { TorBinaryPlaces } from '../../supervise/tor-binary';

/**
 * Where the desktop program looks for tor: beside itself when packaged, else in the clone; a packaged one takes no
 * orders.
 */
export function torPlaces(): TorBinaryPlaces {
  const place = app.isPackaged
    ? { resourcesPath: process.resourcesPath }
    : { projectRoot: join(__dirname, '..', '..') };
  return { ...place, allowOverride: !app.isPackaged, env: process.env, platform: process.platform, arch: process.arch };
}
