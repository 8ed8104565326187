import { parseInner } from '../../electron/core/mime/parse/parse-inner';
import { claim, claimBounded, claimSame, claimWhole } from '../oracles/claims';
import { reader } from '../fixtures/reader';
import { textOf } from '../oracles/texts';

/**
 * The words of a page, for the list, for search and for the plain view. They do not depend on how the page was encoded,
 * and no page makes more of them than it has.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const html = Buffer.from(textOf(data));
  const text = await wordsOf('base64', html.toString('base64').replace(/.{76}/gu, '$&\r\n'));
  claimSame(await wordsOf('quoted-printable', quotedPrintable(html)), text, 'the encoding changes the words');
  claimBounded(text, { input: data, times: 4 });
  claimWhole(text, 'the text of a page');
  claim(!text.includes('\0'), 'NUL ends a text early in what stores it');
}

async function wordsOf(encoding: string, body: string): Promise<string> {
  const letter = [
    `From: ${reader.address}`,
    `To: ${reader.address}`,
    'Date: Sun, 17 May 2026 10:20:30 +0000',
    'Message-ID: <7f0c2f1e-0000-4000-8000-000000000000@example.onion>',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    body,
    '',
  ].join('\r\n');
  const read = await Promise.resolve(parseInner(Buffer.from(letter, 'latin1')));
  claim(read.outcome === 'parsed', 'a page is refused');
  return read.text;
}

function quotedPrintable(octets: Buffer): string {
  const hex = (octet: number): string => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  return Array.from(octets, hex).join('').replace(/.{75}/gu, '$&=\r\n');
}
