/** Finds a C library that the fuzzer runs on, or fetches Debian's beside the machine's own. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetUpError, elapsed, run, say } from '../terminal.mjs';

/** What the prebuilt part of Jazzer.js asks for, on 64-bit PCs with Linux. */
const wanted = [2, 38];
/** Debian 13 has 2.41. */
const release = 'trixie';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const packages = ['libc6', 'libgcc-s1', 'libstdc++6'];
const library = 'usr/lib/x86_64-linux-gnu';
/** Ten megabytes over a slow line. */
const fetchLimit = 15 * 60_000;

/** Where all that fuzzing keeps lies: outside of the tree, for every clone. */
export const fuzzCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'posthorn', 'fuzz');

/**
 * @returns {Promise<string[]>} the command that starts Node on a C library that is new enough
 * @throws {SetUpError} where there is none, and none can be had
 */
export async function nodeForFuzzing() {
  const own = process.report.getReport().header.glibcVersionRuntime;
  if (own === undefined || isEnough(own) || process.arch !== 'x64') return [process.execPath];
  const folder = join(fuzzCache, `debian-${release}`);
  if (!existsSync(folder)) await fetchLibrary(folder, own);
  const { version } = JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8'));
  say(`the C library of Debian ${release} (${version}) runs the fuzzer, as ours is ${own}: ${folder}`);
  const path = join(folder, library);
  return [join(path, 'ld-linux-x86-64.so.2'), '--library-path', path, process.execPath];
}

function isEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}

/**
 * By apt with lists of its own: it verifies the signature of the release, and by it the sum of each package. Nothing of
 * the machine's own is changed, and nothing is installed.
 */
async function fetchLibrary(folder, own) {
  if (!existsSync('/usr/bin/apt-get') || !existsSync(keyring))
    throw new SetUpError(`the fuzzer needs glibc ${wanted.join('.')} or newer, and this system has ${own}`);
  const started = Date.now();
  const scratch = `${folder}.part`;
  rmSync(scratch, { recursive: true, force: true });
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'root'])
    mkdirSync(join(scratch, part), { recursive: true });
  try {
    writeFileSync(join(scratch, 'sources.list'), sourceLine);
    writeFileSync(join(scratch, 'status'), '');
    await apt(scratch, ['update']);
    await apt(scratch, ['download', ...packages]);
    const archives = readdirSync(scratch).filter((name) => name.endsWith('.deb'));
    for (const archive of archives) await unpack(scratch, archive);
    const version = archives.find((name) => name.startsWith('libc6_'))?.split('_')[1];
    writeFileSync(join(scratch, 'root/library.json'), `${JSON.stringify({ version })}\n`);
    renameSync(join(scratch, 'root'), folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  say(`fetched the C library of Debian ${release}, signed by Debian, in ${elapsed(started)}`);
}

const sourceLine = `deb [arch=amd64 signed-by=${keyring}] http://deb.debian.org/debian ${release} main\n`;

async function apt(folder, args) {
  const settings = {
    'APT::Architecture': 'amd64',
    'APT::Sandbox::User': process.getuid?.() === 0 ? 'root' : '',
    'Acquire::Languages': 'none',
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '-',
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'status'),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await step('apt-get', ['-q', ...options, ...args], folder);
}

const unpack = (folder, archive) => step('dpkg-deb', ['--extract', archive, 'root'], folder);

async function step(program, args, cwd) {
  const { code, output } = await run(program, args, { cwd, capture: true, limit: fetchLimit });
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-3).join('\n');
  throw new SetUpError(`the fuzzer needs the C library of Debian ${release}, which cannot be had:\n${last}`);
}
