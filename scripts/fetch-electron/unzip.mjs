import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * Unpacks some files of a zip archive, with their mode bits. (Format: PKWARE's APPNOTE.TXT 4.3.) Written by hand
 * because it runs before any package is there, and `unzip` is not part of a plain Debian. Only for archives whose
 * checksum was compared: names and sizes in it are believed.
 * @param {string} archive path
 * @param {string} folder where the files go
 * @param {(name: string) => string | undefined} place path below `folder` for an entry; undefined leaves it out
 * @returns {Promise<number>} how many files were written
 * @throws {Error} when the archive is damaged or of a kind that this does not read (more than 4 GB, encrypted)
 */
export async function unzip(archive, folder, place) {
  const file = await open(archive);
  try {
    const entries = (await readDirectory(file)).filter(({ name }) => !name.endsWith('/'));
    let count = 0;
    for (const entry of entries) {
      const target = place(entry.name);
      if (target === undefined) continue;
      await writeEntry({ archive, file, entry, path: join(folder, target) });
      count += 1;
    }
    return count;
  } finally {
    await file.close();
  }
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const endLength = 22;
const entryLength = 46;
const localLength = 30;
const longestComment = 0xffff;

/** The list of entries, which stands at the end of the archive. */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - endLength - longestComment);
  const tail = await readAt(file, tailStart, size - tailStart);
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at < 0) throw new Error('the zip archive has no end: it is not whole');
  const length = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  if (start === 0xffffffff) throw new Error('the zip archive is of the kind for more than 4 GB');
  return [...parseDirectory(await readAt(file, start, length))];
}

function* parseDirectory(directory) {
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== signatures.entry) throw new Error('the list in the zip archive is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + entryLength, at + entryLength + nameLength);
    yield {
      name,
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: directory.readUInt32LE(at + 42),
    };
    at += entryLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/** @param {{archive: string, file: import('node:fs/promises').FileHandle, entry: object, path: string}} job */
async function writeEntry({ archive, file, entry, path }) {
  mkdirSync(dirname(path), { recursive: true });
  const start = await dataStart(file, entry);
  const output = createWriteStream(path, { mode: entry.mode || 0o644 });
  if (entry.packedSize === 0) await pipeline([], output);
  else {
    const packed = createReadStream(archive, { start, end: start + entry.packedSize - 1 });
    await (entry.method === 0 ? pipeline(packed, output) : pipeline(packed, inflater(entry), output));
  }
  if (output.bytesWritten !== entry.size) throw new Error(`${entry.name} in the zip archive is damaged`);
}

function inflater({ name, method }) {
  if (method !== 8) throw new Error(`${name} is packed by method ${method}, which cannot be unpacked`);
  return createInflateRaw();
}

/** Before an entry's data its header stands again, and may be longer there than in the list. */
async function dataStart(file, { name, offset }) {
  const header = await readAt(file, offset, localLength);
  if (header.readUInt32LE(0) !== signatures.local) throw new Error(`${name} is not where the zip archive says`);
  return offset + localLength + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('the zip archive ends too early');
  return buffer;
}
