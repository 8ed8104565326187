import { readFile } from 'node:fs/promises';
import type { Session } from 'electron';
import { protocol } from 'electron';
import { pageFile } from './page-files';
import { pageHeaders } from './page-headers';
import { pageScheme } from '../program/page-origin';

/** Makes app:// a scheme with an origin of its own, as https is. Before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: false } },
  ]);
}

/** Serves the built renderer as app://posthorn/ in one session, and nothing else. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(pageScheme, (request) => answer(folder, request));
}

async function answer(folder: string, request: Request): Promise<Response> {
  const file = request.method === 'GET' ? pageFile(folder, request.url) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers: pageHeaders });
  try {
    return new Response(await readFile(file.path), { headers: { ...pageHeaders, 'Content-Type': file.contentType } });
  } catch {
    return new Response(null, { status: 404, headers: pageHeaders });
  }
}
