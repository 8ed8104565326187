import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fileKind } from '../../domain/file-kind';
import type { FileKind } from '../../domain/file-kind';
import { MAX_FILE_CHARACTERS, MAX_UNZIPPED_BYTES } from '../../domain/reading-limits';
import { growth, LINEAR } from '../../testing/growth';
import { readFileText } from './read-file-text';

const text = (kind: FileKind, content: string | Uint8Array): string =>
  readFileText({ kind, content: typeof content === 'string' ? strToU8(content) : content });

const docx = (xml: string): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(xml),
    'word/media/a.png': strToU8('picture'),
  });

describe('what a file is read as', () => {
  it.each([
    ['plan.docx', 'application/octet-stream', 'document'],
    ['PLAN.ODT', '', 'document'],
    ['list.csv', 'text/plain', 'text'],
    ['page', 'text/html', 'page'],
    ['noname', 'message/rfc822', 'letter'],
    ['photo.jpg', 'image/jpeg', undefined],
    ['constructor', 'toString', undefined],
    ['a.constructor', '__proto__', undefined],
  ])('of %s, %s is %s', (filename, contentType, kind) => expect(fileKind({ filename, contentType })).toBe(kind));
});

describe('the words of a file', () => {
  it.each<[FileKind, string | Uint8Array, string[]]>([
    ['text', 'Grüße 台北', ['Grüße 台北']],
    ['text', new Uint8Array([0xff, 0xfe, 0x41, 0x00]), ['A']],
    ['page', '<p>seen</p><script>hidden</script>', ['seen']],
    ['lines', 'BEGIN:VEVENT\r\nSUMMARY:Choir re\r\n hearsal\\, late\r\nEND:VEVENT', ['Choir rehearsal, late']],
    ['lines', 'BEGIN:VCARD\nFN:Łukasz\nKEY:data:application/pgp-keys;base64,AAAA\nEND:VCARD', ['Łukasz']],
    ['letter', 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nContent-Type: text/plain\n\nfrom afar\n', ['Grüße', 'from afar']],
    [
      'document',
      docx('<w:document><w:p><w:t>First</w:t></w:p><w:p><w:t>&amp; second</w:t></w:p></w:document>'),
      ['First', '& second'],
    ],
    ['document', zipSync({ 'content.xml': strToU8('<office:text><text:p>Erster</text:p></office:text>') }), ['Erster']],
  ])('as %s', (kind, content, words) => {
    for (const word of words) expect(text(kind, content)).toContain(word);
  });

  it('leaves out what nobody reads', () => {
    expect(text('lines', `BEGIN:VCARD\nPHOTO:${'A'.repeat(500)}\nEND:VCARD`)).not.toContain('AAAA');
    expect(text('page', '<style>rule</style>')).not.toContain('rule');
    expect(text('document', docx('<w:t>x</w:t>'))).not.toContain('picture');
  });

  it('are none of a zip that is no document, of a cut one, and of what is no zip', () => {
    const whole = docx(`<w:p>${'<w:t>word</w:t>'.repeat(2_000)}</w:p>`);
    expect(text('document', zipSync({ 'other.xml': strToU8('word') }))).toBe('');
    expect(text('document', strToU8('no zip at all'))).toBe('');
    expect(() => text('document', whole.subarray(0, whole.length / 2))).not.toThrow();
  });

  it('are bounded: no text is longer, and a bomb of a document is unpacked to its limit only', () => {
    expect(text('text', 'word '.repeat(MAX_FILE_CHARACTERS))).toHaveLength(MAX_FILE_CHARACTERS);
    const zeros = new Uint8Array(3 * MAX_UNZIPPED_BYTES);
    const bomb = zipSync({ 'word/document.xml': zeros });
    expect(bomb.length).toBeLessThan(zeros.length / 500);
    const before = process.memoryUsage().arrayBuffers;
    expect(text('document', bomb).length).toBeLessThanOrEqual(MAX_FILE_CHARACTERS);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * MAX_UNZIPPED_BYTES);
  });

  it('are bounded of a document that has the bomb in many parts, or lies about its size', () => {
    const parts = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`word/header${index}.xml`, new Uint8Array(MAX_UNZIPPED_BYTES / 8)]),
    );
    expect(text('document', zipSync(parts)).length).toBeLessThanOrEqual(MAX_FILE_CHARACTERS);
    const lying = zipSync({ 'word/document.xml': new Uint8Array(2 * MAX_UNZIPPED_BYTES) });
    const view = Buffer.from(lying);
    // The uncompressed size in the local header and in the directory.
    view.writeUInt32LE(10, 22);
    view.writeUInt32LE(10, view.lastIndexOf(Buffer.from('PK\u0001\u0002')) + 24);
    expect(text('document', view).length).toBeLessThanOrEqual(MAX_FILE_CHARACTERS);
  });

  it('cost in proportion to the file, however its elements are nested', async () => {
    const nested = (amount: number): Uint8Array => docx('<a>'.repeat(20_000 * amount));
    const files = { 1: nested(1), 4: nested(4) };
    expect(await growth((amount) => text('document', files[amount]))).toBeLessThan(LINEAR);
    const lines = (amount: number): string => 'X:a\r\n '.repeat(20_000 * amount);
    expect(await growth((amount) => text('lines', lines(amount)))).toBeLessThan(LINEAR);
  });

  it('never throw', () => {
    const kinds: readonly FileKind[] = ['text', 'page', 'lines', 'letter', 'document'];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 300 }), (kind, content) => {
        expect(typeof readFileText({ kind, content })).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});
