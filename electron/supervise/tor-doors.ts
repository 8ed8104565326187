import { randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_SOCKET_PATH } from '../../shared/socket-path';

/** Paths of the Unix sockets by which a tor is controlled and takes streams. */
export type TorDoors = { readonly socks: string; readonly control: string };

const NAME_OCTETS = 6;
const OTHERS = 0o077;
const STICKY = 0o1000;
/** tor reads its configuration as ASCII, and has words of its own for the rest. */
const PLAIN_PATH = /^\/[\w./ @+-]+$/u;

/**
 * Where a tor with this data directory is to be reached: in that directory, which tor keeps to its own user, or, where
 * its path is too long or odd for a socket, in a short folder of mode 0700 for this start. Ports on loopback would
 * serve every user of the machine, and tell them where the cookie, and so the profile, lies. Undefined where there is
 * no other way, as on Windows.
 * @param parents folders in which to make ours, the best first; absent: those of the system
 */
export function makeTorDoors(
  dataDirectory: string,
  parents: readonly string[] = systemParents(),
): { readonly doors: TorDoors | undefined; readonly remove: () => void } {
  if (process.platform === 'win32') return { doors: undefined, remove: () => undefined };
  const own = { socks: join(dataDirectory, 'socks'), control: join(dataDirectory, 'control') };
  if (isPossible(own)) return { doors: own, remove: () => undefined };
  for (const parent of parents) {
    const folder = makeFolder(parent);
    if (folder === undefined) continue;
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    const doors = { socks: doorIn(folder), control: doorIn(folder) };
    if (isPossible(doors)) return { doors, remove };
    remove();
  }
  return { doors: undefined, remove: () => undefined };
}

function systemParents(): string[] {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return [...(runtime === undefined ? [] : [runtime]), tmpdir()];
}

/** Names are random: the kernel shows the paths of all sockets to every user of the machine. */
const doorIn = (folder: string): string => join(folder, randomBytes(NAME_OCTETS).toString('hex'));

function isPossible({ socks, control }: TorDoors): boolean {
  return [socks, control].every((path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH && PLAIN_PATH.test(path));
}

/** Undefined where somebody else could put another folder in the place of ours, or none can be made. */
function makeFolder(parent: string): string | undefined {
  try {
    const real = realpathSync(parent);
    const { mode, uid } = lstatSync(real);
    const isOurs = uid === process.getuid?.() && (mode & OTHERS) === 0;
    return isOurs || (mode & STICKY) !== 0 ? mkdtempSync(join(real, 'posthorn-')) : undefined;
  } catch {
    return undefined;
  }
}
