import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { torFiles } from './tor-config';

const COOKIE_BYTES = 32;

/**
 * Makes the data directory ready for a start: only its owner may enter, and nothing of an earlier tor pretends to be
 * there (tor leaves both files behind when it is killed).
 */
export function prepareDataDirectory(dataDirectory: string): void {
  const files = torFiles(dataDirectory);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  chmodSync(dataDirectory, 0o700);
  rmSync(files.controlPort, { force: true });
  rmSync(files.cookie, { force: true });
  writeFileSync(files.noGeoip, '');
}

/**
 * Reads where tor's control port is, once tor has written it and the cookie; undefined until then. The port file can
 * appear before the cookie.
 */
export function readControl(dataDirectory: string): { controlPort: number | string; cookiePath: string } | undefined {
  const files = torFiles(dataDirectory);
  const written = readIfThere(files.controlPort)?.toString('latin1') ?? '';
  const path = /^UNIX_PORT=(\/.+)$/m.exec(written)?.[1];
  const port = /^PORT=127\.0\.0\.1:(\d{1,5})$/m.exec(written)?.[1];
  const controlPort = path ?? (port === undefined ? undefined : Number(port));
  if (controlPort === undefined || readIfThere(files.cookie)?.length !== COOKIE_BYTES) return undefined;
  return { controlPort, cookiePath: files.cookie };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
