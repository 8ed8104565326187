import { linkTarget } from '../../../../shared/link/link-target';

/** `text` is what was written; `shown` is what a person sees of a link, with the host that it really leads to. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly shown: string; readonly url: string };

/**
 * A scheme or `www.`, also right behind a word of a script without blanks, and then everything that may stand in a
 * link. Punctuation of other scripts ends it (but not the
 * dot within Catalan words and the like), since none is in a link that was copied. Cheap: nothing is looked at twice.
 */
const LINK_PATTERN =
  /(?<![A-Za-z0-9])(?:https?:\/\/|mailto:|(?<![@./-])www\.(?=[\p{L}\p{N}]))(?:[\u0021\u0023-\u003b\u003d\u003f-\u005b\u005d\u005f\u0061-\u007a\u007e]|[^\u0000-\u007f\s\p{Po}\p{Pi}\p{Pf}\p{Ps}\p{Pe}—]|[·’‧・])+/giu;
/** A link more than that is no letter: every one costs the window a button, and a hostile text could hold 200,000. */
const MOST_LINKS = 1_000;

const count = (text: string, character: string): number => text.split(character).length - 1;

/**
 * Punctuation after a link belongs to the sentence; a closing bracket too, unless the link opened it. Takes linear
 * time.
 */
const trimEnd = (url: string): string => {
  const loose: Record<string, number> = {
    ')': count(url, ')') - count(url, '('),
    ']': count(url, ']') - count(url, '['),
  };
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1);
    const surplus = loose[last] ?? 0;
    if (surplus > 0) loose[last] = surplus - 1;
    else if (!/[.,;:!?*_'’~–\p{Cf}]/u.test(last)) break;
  }
  return url.slice(0, end);
};

/** Characters that are not drawn, or turn those behind them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const FOREIGN_MAIL_HOST = /(?:@|%40)[^?,;]*[^\0-\x7f]/iu;

/** A link as it is shown: as it was written, but for a host that would be read as another than it is. */
const shownAs = (text: string, url: string): string => {
  if (UNSEEN.test(text)) return url;
  const [beginning = '', written = ''] = /^(?:https?:\/{2,})?([^/?#]*)/iu.exec(text) ?? [];
  const { protocol, host } = new URL(url);
  if (protocol === 'mailto:') return FOREIGN_MAIL_HOST.test(text) ? url : text;
  if (written.toLowerCase() === host) return text;
  return written.includes('@') ? url : `${protocol}//${host}${text.slice(beginning.length)}`;
};

const pieceOf = (text: string): TextPiece | undefined => {
  const url = linkTarget(/^www\./iu.test(text) ? `https://${text}` : text);
  return url === undefined ? undefined : { kind: 'link', text, url, shown: shownAs(text, url) };
};

/**
 * Cuts a text into plain pieces and links (`http`, `https`, `mailto`, `www.`). Joined, the pieces are the text again.
 * After a thousand links the rest is text.
 */
export const splitLinks = (text: string): TextPiece[] => {
  const pieces: TextPiece[] = [];
  let from = 0;
  let links = 0;
  for (const match of text.matchAll(LINK_PATTERN)) {
    if (links >= MOST_LINKS) break;
    const link = pieceOf(trimEnd(match[0]));
    if (link === undefined) continue;
    links += 1;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push(link);
    from = match.index + link.text.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
};
