import { extname, join, sep } from 'node:path';
import { isPageUrl } from '../program/page-origin';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
  '.json': 'application/json',
};

export type PageFile = { readonly path: string; readonly contentType: string };

/**
 * The file that a URL of the page names.
 * @returns undefined for another origin, for a type the page has no use for, and for every path that would leave
 *   `folder`
 */
export function pageFile(folder: string, url: string): PageFile | undefined {
  if (!isPageUrl(url)) return undefined;
  const path = decodedPath(url);
  if (path === undefined || !/^[\w./ -]+$/u.test(path)) return undefined;
  const file = join(folder, path === '/' ? 'index.html' : path);
  const contentType = contentTypes[extname(file)];
  if (contentType === undefined || !file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
  return path.split('/').includes('..') ? undefined : { path: file, contentType };
}

/** Decoded once; what is still encoded after that holds a `%` and is refused. */
function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}
