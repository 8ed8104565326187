import { expect, it } from 'vitest';
import { inputOfFile } from './card-input';

const file = (octets: Buffer): File => new File([new Uint8Array(octets)], 'jürgen.vcf');
const text = 'FN:Jürgen';

it.each([
  ['UTF-8', Buffer.from(text, 'utf8')],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`, 'utf8')],
  ['Windows-1252', Buffer.from(text, 'latin1')],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('a card in %s is read as it was written', async (_charset, octets) => {
  expect(await inputOfFile(file(octets))).toEqual({ kind: 'text', text });
});
