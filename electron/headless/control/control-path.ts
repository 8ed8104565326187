import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** The kernel's limit for a socket's path: 108 octets on Linux, 104 on macOS, one of them for the end. */
const longestPath = process.platform === 'linux' ? 107 : 103;

/**
 * Where the control socket of a profile is: `control.sock` inside it; for a profile whose path is too long for a
 * socket, a private folder among the temporary files; on Windows a named pipe.
 */
export function controlPath(profileDirectory: string): string {
  const profile = resolve(profileDirectory);
  const tag = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\posthorn-${tag}`;
  const inside = join(profile, 'control.sock');
  if (Buffer.byteLength(inside) <= longestPath) return inside;
  return join(tmpdir(), `posthorn-${userInfo().uid}-${tag}`, 'control.sock');
}

/**
 * Whether a folder is there, no link, and the user's own: among the temporary files somebody else could have made it
 * first.
 */
export async function isOwnFolder(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  try {
    const folder = await lstat(path);
    return folder.isDirectory() && folder.uid === process.getuid?.();
  } catch {
    return false;
  }
}
