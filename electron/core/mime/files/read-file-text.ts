import type { FileKind } from '../../domain/file-kind';
import { MAX_FILE_CHARACTERS } from '../../domain/reading-limits';
import { wellFormed } from '../../../../shared/text/well-formed';
import { readHtml } from '../parse/html-text';
import { readBodies } from '../parse/read-bodies';
import { decodeText } from '../text/charset';
import { decodeWords } from '../text/encoded-words';
import { htmlCharset } from '../text/html-charset';
import { documentText } from './document-text';
import { lineValues } from './line-values';

/**
 * The words of a file that came with a message, for search: at most MAX_FILE_CHARACTERS of them. What is not what its
 * name says has none, or those of the text that it is. Costs grow with the octets and are bounded, whatever is in them.
 */
export function readFileText({ kind, content }: { readonly kind: FileKind; readonly content: Uint8Array }): string {
  return wellFormed(READERS[kind](content)).replaceAll('\0', ' ').slice(0, MAX_FILE_CHARACTERS);
}

const READERS: Readonly<Record<FileKind, (content: Uint8Array) => string>> = {
  text: (content) => decodeText(content, undefined),
  page: (content) => readHtml(decodeText(content, htmlCharset(content))).text,
  lines: (content) => lineValues(decodeText(content, undefined)),
  letter: letterText,
  document: documentText,
};

/** Subject and text; files in files are not looked into. */
function letterText(content: Uint8Array): string {
  const octets = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  const lines = octets.replaceAll(/\r?\n/gu, '\r\n');
  const subject = /^subject:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)/imu.exec(lines)?.[1] ?? '';
  return `${decodeWords(subject.replaceAll('\r\n', ''))}\n${bodyText(Buffer.from(lines, 'latin1'))}`;
}

function bodyText(content: Uint8Array): string {
  try {
    return readBodies(content).text;
  } catch {
    // No letter, or one that no grammar allows: its subject is all that is known of it.
    return '';
  }
}
