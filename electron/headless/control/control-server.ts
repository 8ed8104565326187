import { once } from 'node:events';
import { chmod, mkdir, rm } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { PosthornError } from '../../../shared/errors';
import type { ClientChannel } from '../../core/rpc/client-channel';
import { jsonLineChannel } from '../../core/rpc/json-line-channel';
import { isOwnFolder } from './control-path';

/** More than a person and their scripts need at once. */
const maxClients = 32;

export type ControlServer = { stop(): Promise<void> };

/**
 * Serves the control socket to programs of the same user: the folder is 0700 and the socket 0600.
 * @param onClient gets each client's channel
 * @throws PosthornError `profile-in-use` when another Posthorn answers there, or the folder is not the user's own
 */
export async function serveControl(path: string, onClient: (channel: ClientChannel) => void): Promise<ControlServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onClient(jsonLineChannel(socket));
  });
  server.maxConnections = maxClients;
  await preparePath(path);
  await listenPrivately(server, path);
  return { stop: () => stopServer(server, sockets) };
}

async function preparePath(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (!(await isOwnFolder(dirname(path)))) throw inUse('The folder of the control socket belongs to somebody else.');
  await chmod(dirname(path), 0o700);
  if (await answers(path)) throw inUse('Another Posthorn is running with this profile. Stop it first.');
  await rm(path, { force: true });
}

function inUse(message: string): PosthornError {
  return new PosthornError('profile-in-use', message);
}

/** Only these say that nobody is there: a socket that a killed program left behind, and none at all. */
const NOBODY: readonly (string | undefined)[] = ['ECONNREFUSED', 'ENOENT'];

/** Whether somebody listens there, or might: what cannot be asked is not removed. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(!NOBODY.includes(error.code)));
  });
}

async function listenPrivately(server: Server, path: string): Promise<void> {
  // The socket is made with the mask of the moment, so that it is never open to others, not even between two calls.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
    await once(server, 'listening');
  } finally {
    process.umask(mask);
  }
}

async function stopServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
