import { randomBytes } from 'node:crypto';
import { lstat, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_SOCKET_PATH } from '../../../shared/socket-path';
import type { Log } from '../ports/runtime';
import type { PrivateSockets } from '../ports/local-server';
import { removeStaleFolders } from './stale-sockets';

/** Names are random: the kernel shows the paths of all sockets to every user of the machine. */
const NAME_OCTETS = 6;
const OTHERS = 0o077;
const STICKY = 0o1000;

type Where = {
  readonly log: Log;
  /** Folders in which to make ours, the best first; absent: those of the system. */
  readonly parents?: readonly string[];
};

/**
 * A folder of mode 0700 for Unix sockets, made when the first one is wanted. A port on loopback would greet every user
 * and every sandboxed program of the machine with the name of an onion (PROTOCOL.md 4). Where there is no such folder,
 * as on Windows, whose tor knows no Unix sockets, there are none, and the log says so. Folders that an earlier start
 * left behind, because it was killed, are removed; ours is made anew when it is gone, as when a session ends.
 */
export function createPrivateSockets({ log, parents = systemParents() }: Where): PrivateSockets {
  let folder: Promise<string | undefined> | undefined;
  const make = async (): Promise<string | undefined> => {
    for (const parent of parents) {
      const made = await makeFolder(parent);
      if (made !== undefined) return made;
    }
    log.warn('sockets.not-private');
    return undefined;
  };
  return {
    next: async () => {
      const before = await (folder ??= make());
      if (before !== undefined && !(await isFolder(before))) folder = make();
      const place = await folder;
      return place === undefined ? undefined : socketIn(place);
    },
    isThere: async (path) => (await lstat(path).catch(() => undefined))?.isSocket() === true,
    close: async () => {
      const place = await folder;
      folder = undefined;
      if (place !== undefined) await rm(place, { recursive: true, force: true });
    },
  };
}

function systemParents(): string[] {
  if (process.platform === 'win32') return [];
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return [...(runtime === undefined ? [] : [runtime]), tmpdir()];
}

const socketIn = (folder: string): string => join(folder, randomBytes(NAME_OCTETS).toString('hex'));

/** Undefined when the parent is not to be trusted, the path is too long or odd for tor, or no socket can be made. */
async function makeFolder(parent: string): Promise<string | undefined> {
  try {
    const real = await realpath(parent);
    if (!(await isSafe(real))) return undefined;
    await removeStaleFolders(real);
    const folder = await mkdtemp(join(real, 'posthorn-'));
    if (await holdsSockets(folder)) return folder;
    await rm(folder, { recursive: true, force: true });
    return undefined;
  } catch {
    return undefined;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** Whether nobody else can put another folder in the place of ours. */
async function isSafe(parent: string): Promise<boolean> {
  const { mode, uid } = await lstat(parent);
  const isOurs = uid === process.getuid?.() && (mode & OTHERS) === 0;
  return /^\/[\w./-]+$/u.test(parent) && (isOurs || (mode & STICKY) !== 0);
}

async function holdsSockets(folder: string): Promise<boolean> {
  const path = socketIn(folder);
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH) return false;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
  return true;
}
