import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

const FOLDER = /^posthorn-[A-Za-z0-9]{6}$/u;
const SOCKET = /^[0-9a-f]{12}$/u;
/** One that was made just now may be about to get its first socket. */
const YOUNGEST_MS = 60 * 60_000;

/**
 * Removes the folders of sockets that earlier starts left in `parent`: of this user, with nothing but sockets at which
 * nobody listens. A folder with anything else in it is somebody else's, or belongs to a program that runs. Never
 * rejects.
 * @param now milliseconds
 */
export async function removeStaleFolders(parent: string, now = Date.now()): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => FOLDER.test(each)))
    await removeIfStale(join(parent, name), now).catch(() => undefined);
}

async function removeIfStale(folder: string, now: number): Promise<void> {
  const found = await lstat(folder);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o777) === 0o700;
  if (!isOurs || now - found.mtimeMs < YOUNGEST_MS) return;
  const sockets = (await readdir(folder)).map((name) => ({ name, path: join(folder, name) }));
  for (const { name, path } of sockets) if (!SOCKET.test(name) || !(await isDead(path))) return;
  for (const { path } of sockets) await rm(path, { force: true });
  await rmdir(folder);
}

/** Whether this is a socket at which nobody listens; anything but a refusal, as from a busy program, counts as life. */
async function isDead(path: string): Promise<boolean> {
  if (!(await lstat(path)).isSocket()) return false;
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED');
    });
  });
}
