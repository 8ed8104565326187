import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in the package.json of the program that these bundles (dist/headless/) belong to. */
export function version(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { readonly version: string };
  return manifest.version;
}
