import { Unzip, UnzipInflate } from 'fflate';
import { MAX_FILE_CHARACTERS, MAX_UNZIPPED_BYTES, UNZIP_STEP_BYTES } from '../../domain/reading-limits';
import { readTags } from '../html/read-tags';

/** Where the words of a docx (ECMA-376) and of an odt (OpenDocument 1.3) stand. */
const PARTS = /^(?:word\/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml|content\.xml)$/u;
/** Elements at which a word ends. */
const BREAKS = /^(?:w:p|w:tab|w:br|w:cr|w:tc|text:p|text:h|text:tab|text:s|text:line-break|table:table-cell)$/u;

/**
 * The words of a text document. Only the parts that hold words are unpacked, piece by piece, and no more of them than
 * MAX_UNZIPPED_BYTES: 25 MB of zip can become 25 GB. What is no such document has no words.
 */
export function documentText(content: Uint8Array): string {
  const words: string[] = [];
  let characters = 0;
  const add = (text: string): void => {
    if (characters < MAX_FILE_CHARACTERS) words.push(text);
    characters += text.length;
  };
  const lineEnd = (name: string): void => (BREAKS.test(name) ? add('\n') : undefined);
  for (const part of unzipped(content)) readTags(part, { open: lineEnd, close: lineEnd, text: add });
  return words.join('');
}

function unzipped(content: Uint8Array): string[] {
  const parts = new Map<string, Uint8Array[]>();
  try {
    unzip(content, parts);
  } catch {
    // Cut or damaged: what was unpacked of it until then counts.
  }
  return [...parts.values()].map((pieces) => Buffer.concat(pieces).toString('utf8'));
}

function unzip(content: Uint8Array, parts: Map<string, Uint8Array[]>): void {
  let left = MAX_UNZIPPED_BYTES;
  const archive = new Unzip((file) => {
    if (!PARTS.test(file.name)) return;
    const pieces: Uint8Array[] = [];
    parts.set(file.name, pieces);
    file.ondata = (error, octets) => {
      if (error !== null) throw error;
      if (left > 0) pieces.push(octets.subarray(0, left));
      left -= octets.length;
    };
    file.start();
  });
  archive.register(UnzipInflate);
  for (let at = 0; at < content.length && left > 0; at += UNZIP_STEP_BYTES)
    archive.push(content.subarray(at, at + UNZIP_STEP_BYTES), at + UNZIP_STEP_BYTES >= content.length);
}
