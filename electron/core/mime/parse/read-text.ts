import { wellFormed } from '../../../../shared/text/well-formed';
import { bodyOf, encodingOf } from '../octets/part-body';
import type { MimePart } from '../octets/structure-checks';
import { decodeText, isDeclared } from '../text/charset';
import { unflow } from '../text/flowed-text';
import { htmlCharset } from '../text/html-charset';
import { isBlank } from '../text/is-blank';
import { readHtml } from './html-text';

/**
 * A part that is shown, as text and, if it is a page, as it is. `isEmpty`: nothing is to be seen in it. `isForeign`:
 * its marks are shown too, because nobody here knows how to read them.
 */
export type ShownText = {
  readonly text: string;
  readonly html: string | undefined;
  readonly isEmpty: boolean;
  readonly isForeign: boolean;
};

const PAGES = new Set(['text/html', 'application/xhtml+xml']);
/** What is text and yet no letter: it is read by a program. */
const FILES =
  /^text\/(?:calendar|x-vcalendar|vcard|x-vcard|directory|csv|tab-separated-values|xml|css|(?:java|ecma)script|rtf|x-amp-html|watch-html|rfc822-headers)$/;

/** Whether a part holds words to be read, when it is no file. Of an encoding that is not known nothing can be read. */
export function isTextType(part: MimePart): boolean {
  const { value } = part.contentType;
  return encodingOf(part) !== 'unknown' && (PAGES.has(value) || (value.startsWith('text/') && !FILES.test(value)));
}

/** The words of a part, with line ends of LF and without lone surrogates and NUL. */
export function readText(part: MimePart, content: Uint8Array): ShownText {
  const { value, parameters } = part.contentType;
  const octets = bodyOf(part, content);
  const charset = parameters.get('charset');
  if (PAGES.has(value))
    return shownPage(clean(decodeText(octets, isDeclared(charset) ? charset : htmlCharset(octets))));
  const text = clean(decodeText(octets, charset));
  const isFlowed = parameters.get('format')?.toLowerCase() === 'flowed';
  const shown = isFlowed ? unflow(text, parameters.get('delsp')?.toLowerCase() === 'yes') : text;
  return { text: shown, html: undefined, isEmpty: isBlank(shown), isForeign: value !== 'text/plain' };
}

function shownPage(html: string): ShownText {
  const { text, hasPictures } = readHtml(html);
  return { text, html, isEmpty: !hasPictures && isBlank(text), isForeign: false };
}

const clean = (text: string): string =>
  wellFormed(text).replaceAll('\0', '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');

/** A text beside a page, for the page. */
export function htmlOfText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.replace(/\n/g, '<br>\n')}</div>`;
}
