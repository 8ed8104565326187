import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a flat asar archive: a length-prefixed JSON header, then the files one after the other. (Format:
 * https://github.com/electron/asar, "Format".) Written by hand because it is needed before any package is there.
 * @param {string} folder where the files are
 * @param {string[]} names files of that folder, no sub-folders
 * @param {string} target the archive to write
 */
export function writeAsar(folder, names, target) {
  const contents = names.map((name) => readFileSync(join(folder, name)));
  const files = {};
  let offset = 0;
  for (const [index, name] of names.entries()) {
    files[name] = { size: contents[index].length, offset: String(offset) };
    offset += contents[index].length;
  }
  writeFileSync(target, Buffer.concat([header(JSON.stringify({ files })), ...contents]));
}

/** Two Chromium pickles: the size of the second, and the second, which holds the string padded to four bytes. */
function header(json) {
  const text = Buffer.from(json);
  const padded = Buffer.alloc(Math.ceil(text.length / 4) * 4);
  text.copy(padded);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(8 + padded.length, 4);
  sizes.writeUInt32LE(4 + padded.length, 8);
  sizes.writeUInt32LE(text.length, 12);
  return Buffer.concat([sizes, padded]);
}
