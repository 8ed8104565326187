import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Stands once in every Electron binary, before its fuses (Electron: docs/tutorial/fuses.md). */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
/** Of the first version of the fuses' wire, in its order; younger ones follow. */
const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
];

/**
 * Sets fuses in an Electron binary, in place. By hand, as `@electron/fuses` is not there before `npm ci`.
 * @param {string} binary path
 * @param {Record<string, boolean>} wanted by fuse name
 * @throws {Error} when the binary has no such fuses
 */
export function setFuses(binary, wanted) {
  const content = readFileSync(binary);
  const at = content.indexOf(sentinel);
  const wire = at + sentinel.length;
  if (at < 0 || content[wire] !== 1 || content.includes(sentinel, wire))
    throw new Error(`${binary} has not the fuses of an Electron`);
  const file = openSync(binary, 'r+');
  try {
    for (const [name, on] of Object.entries(wanted)) {
      const index = fuseNames.indexOf(name);
      if (index < 0 || index >= content[wire + 1]) throw new Error(`${binary} has no fuse ${name}`);
      writeSync(file, on ? '1' : '0', wire + 2 + index, 'latin1');
    }
  } finally {
    closeSync(file);
  }
}
