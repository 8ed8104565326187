import { readFile } from 'node:fs/promises';
import type { Session } from 'electron';
import { protocol } from 'electron';
import { pageFile } from './page-files';
import { pageScheme } from './page-origin';

/**
 * What the page may load: its own script, worker, style and font, and pictures that it holds itself. Styles may stand
 * in the page because the reader's sandboxed frame inherits this policy and mail has inline styles. Nothing may be
 * fetched at all.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "frame-src 'self' blob:",
  "connect-src 'none'",
  "object-src 'none'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), display-capture=(), geolocation=(), hid=(), microphone=(), serial=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

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
  if (file === undefined) return new Response(null, { status: 404, headers });
  try {
    return new Response(await readFile(file.path), { headers: { ...headers, 'Content-Type': file.contentType } });
  } catch {
    return new Response(null, { status: 404, headers });
  }
}
