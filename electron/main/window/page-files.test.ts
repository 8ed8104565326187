import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageFile } from './page-files';

const folder = '/opt/posthorn/dist/renderer';

test.each([
  ['app://posthorn/', 'index.html', 'text/html; charset=utf-8'],
  ['app://posthorn/index.html', 'index.html', 'text/html; charset=utf-8'],
  ['app://posthorn/app.js?x=1#y', 'app.js', 'text/javascript; charset=utf-8'],
  ['app://posthorn/fonts/inter-latin.woff2', 'fonts/inter-latin.woff2', 'font/woff2'],
])('%s is %s', (url, file, contentType) => {
  expect(pageFile(folder, url)).toEqual({ path: `${folder}/${file}`, contentType });
});

test.each([
  'app://posthorn/..%2fmain/entry-main.js',
  'app://posthorn/..%5cmain.js',
  'app://posthorn/%252e%252e/x.js',
  'app://posthorn/x.js%00.html',
  'app://posthorn//etc/passwd',
  'app://posthorn/app.exe',
  'app://posthorn.evil/app.js',
  'app://other/app.js',
  'https://posthorn/app.js',
  'app://posthorn@evil/app.js',
])('%s is refused', (url) => {
  expect(pageFile(folder, url)).toBeUndefined();
});

test.each(['app://posthorn/../main/entry-main.js', 'app://posthorn/%2e%2e/%2e%2e/main/entry-main.js'])(
  '%s stays in the folder',
  (url) => {
    expect(pageFile(folder, url)?.path).toBe(`${folder}/main/entry-main.js`);
  },
);

test('no URL leads out of the folder', () => {
  const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'a.js', '%', '\0', 'x', '//');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const file = pageFile(folder, `app://posthorn/${pieces.join('')}.js`);
      if (file !== undefined) expect(file.path.startsWith(`${folder}/`)).toBe(true);
    }),
  );
});
