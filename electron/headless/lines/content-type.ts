import { extname } from 'node:path';

const known: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.zip': 'application/zip',
};

/** The media type that a file's ending stands for; `application/octet-stream` when it is not a common one. */
export function contentTypeOf(file: string): string {
  return known[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
