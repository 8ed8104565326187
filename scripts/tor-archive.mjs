/** Reads a Tor Expert Bundle: a tar archive of which only known names are taken. Plain Node, no packages. */
import { gunzipSync } from 'node:zlib';
import { SetUpError } from './terminal.mjs';

const block = 512;
/** The largest bundle seen holds 140 MB, most of it debug symbols. */
const mostUnpacked = 600 * 2 ** 20;
const mostEntries = 2000;

/**
 * The files that are kept, and what they are called in tor-bin/<platform>. Country tables (data/), debug symbols
 * (debug/) and conjure, which needs a server of others, stay out: nothing here reads them.
 */
const kept = [
  {
    from: /^tor\/pluggable_transports\/((?:lyrebird|snowflake-client)(?:\.exe)?|pt_config\.json|README[A-Za-z0-9._-]*)$/u,
    to: (name) => `pluggable_transports/${name}`,
  },
  { from: /^tor\/([A-Za-z0-9._+-]+)$/u, to: (name) => name },
  { from: /^docs\/([A-Za-z0-9._ -]+(?:\/[A-Za-z0-9._ -]+){0,2})$/u, to: (name) => `docs/${name}` },
];

/** Nothing is unpacked from an archive that holds one of these; it is none that the Tor Project makes. */
function isEscape(name) {
  return name.startsWith('/') || name.includes('\\') || /^[A-Za-z]:/u.test(name) || name.split('/').includes('..');
}

/**
 * Takes what Posthorn needs out of a bundle, in memory.
 * @param {Buffer} archive a .tar.gz whose sha256 was compared already
 * @returns {Map<string, {content: Buffer, executable: boolean}>} by path in tor-bin/<platform>
 * @throws {SetUpError} for an archive that is damaged, leads out of its folder, or holds no tor
 */
export function readBundle(archive) {
  const files = new Map();
  for (const entry of entriesOf(gunzip(archive))) {
    if (isEscape(entry.name)) refuse(`names a file outside its folder (${JSON.stringify(entry.name)})`);
    const path = placeOf(entry.name);
    // Links are not followed and not made; none of the files we need is one.
    if (path === undefined || entry.type !== 'file') continue;
    if (files.has(path)) refuse(`holds ${path} twice`);
    files.set(path, { content: entry.content, executable: (entry.mode & 0o100) !== 0 });
  }
  if (!files.has('tor') && !files.has('tor.exe')) refuse('holds no tor');
  return files;
}

function placeOf(name) {
  for (const { from, to } of kept) {
    const match = from.exec(name);
    if (match) return to(match[1]);
  }
  return undefined;
}

function gunzip(archive) {
  try {
    return gunzipSync(archive, { maxOutputLength: mostUnpacked });
  } catch (error) {
    return refuse(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'unpacks to more than 600 MB' : 'is cut off or damaged');
  }
}

function* entriesOf(tar) {
  let longName;
  for (const { kind, content, name, mode } of recordsOf(tar)) {
    // GNU tar and pax tell a long name in an entry of its own before the file's.
    if (kind === 'L') longName = text(content);
    else if (kind === 'x') longName = paxPath(content) ?? longName;
    else if (kind !== 'g') {
      yield { name: cleanName(longName ?? name), mode, content, type: kind === '0' || kind === '' ? 'file' : 'other' };
      longName = undefined;
    }
  }
}

function* recordsOf(tar) {
  let offset = 0;
  for (let count = 0; offset + block <= tar.length; count += 1) {
    const bytes = tar.subarray(offset, offset + block);
    if (bytes.every((byte) => byte === 0)) return;
    if (count >= mostEntries) refuse(`holds more than ${mostEntries} files`);
    const header = readHeader(bytes);
    const start = offset + block;
    if (start + header.size > tar.length) refuse('is cut off or damaged');
    offset = start + Math.ceil(header.size / block) * block;
    yield { ...header, content: tar.subarray(start, start + header.size) };
  }
  refuse('is cut off or damaged');
}

function readHeader(header) {
  const expected = octal(header.subarray(148, 156));
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (sum !== expected) refuse('is cut off or damaged');
  const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : '';
  const name = text(header.subarray(0, 100));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: octal(header.subarray(100, 108)),
    size: octal(header.subarray(124, 136)),
    kind: text(header.subarray(156, 157)),
  };
}

function octal(field) {
  const digits = text(field).trim();
  if (!/^[0-7]*$/u.test(digits)) refuse('is cut off or damaged');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function text(bytes) {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8');
}

/** A pax record is «length key=value\n». */
function paxPath(content) {
  return /(?:^|\n)\d+ path=([^\n]*)\n/u.exec(content.toString('utf8'))?.[1];
}

/** `./tor/tor` and `tor/` are `tor/tor` and `tor`. */
function cleanName(name) {
  return name.replace(/^(?:\.\/)+/u, '').replace(/\/+$/u, '');
}

function refuse(text) {
  throw new SetUpError(`the Tor Expert Bundle ${text}. Nothing of it was used.`);
}
