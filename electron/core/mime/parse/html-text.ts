import { MAX_HTML_CHARACTERS } from '../../domain/limits';
import { PageText } from '../html/page-text';
import { readTags } from '../html/read-tags';

/**
 * What a reader sees of a page, as plain text: for lists, search, quotations and the plain view, not for the sandboxed
 * one. Costs grow with the length, whatever the page holds; at most MAX_HTML_CHARACTERS of it are read.
 */
export function readHtml(html: string): { readonly text: string; readonly hasPictures: boolean } {
  const page = new PageText();
  readTags(html.slice(0, MAX_HTML_CHARACTERS), page);
  return { text: page.result(), hasPictures: page.hasPictures };
}

/** The words that are seen of a page. */
export const plainTextOf = (html: string): string => readHtml(html).text;
