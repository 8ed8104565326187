/** Makes small .tar.gz archives for tests, also such as no honest program makes. */
import { gzipSync } from 'node:zlib';

/**
 * @param {readonly {name: string, content?: string | Buffer, mode?: number, kind?: string, link?: string}[]} entries
 *   `kind` as in a tar header: '0' a file, '2' a link, '5' a folder
 * @returns {Buffer}
 */
export function makeArchive(entries) {
  return gzipSync(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1024)]));
}

function blocksOf({ name, content = '', mode = 0o644, kind = '0', link = '' }) {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(mode.toString(8).padStart(7, '0'), 100);
  header.write('0000000', 108);
  header.write('0000000', 116);
  header.write(body.length.toString(8).padStart(11, '0'), 124);
  header.write('00000000000', 136);
  header.write(' '.repeat(8), 148);
  header.write(kind, 156);
  header.write(link, 157);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
}
