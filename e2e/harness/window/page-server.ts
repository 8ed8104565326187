import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pageFile } from '../../../electron/main/window/page-files';
import { pageHeaders } from '../../../electron/main/window/page-headers';

export type PageServer = { readonly origin: string; readonly close: () => Promise<void> };

/** Serves the built window on loopback, by the rules and with the policy that the program serves it with. */
export async function servePage(): Promise<PageServer> {
  const folder = resolve('dist/renderer');
  const server = createServer((request, response) => void answer(folder, request.url ?? '/', response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function answer(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = pageFile(folder, `app://posthorn${path}`);
  const content = file === undefined ? undefined : await readFile(file.path).catch(() => undefined);
  response.writeHead(statusOf(path, content), {
    ...pageHeaders,
    ...(file === undefined ? {} : { 'Content-Type': file.contentType }),
  });
  response.end(content);
}

/** A browser asks for an icon of the site, which Electron does not. */
function statusOf(path: string, content: Uint8Array | undefined): number {
  if (content !== undefined) return 200;
  return path === '/favicon.ico' ? 204 : 404;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
