export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

const LINK_PATTERN = /\b(?:https?:\/\/|mailto:)[^\s<>"'`{}|\\^]+/giu;
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
    else if (!/[.,;:!?*_]/u.test(last)) break;
  }
  return url.slice(0, end);
};

/**
 * Cuts a text into plain pieces and links (`http`, `https`, `mailto`). Joined, the pieces are the text again. After a
 * thousand links the rest is text.
 */
export const splitLinks = (text: string): TextPiece[] => {
  const pieces: TextPiece[] = [];
  let from = 0;
  let links = 0;
  for (const match of text.matchAll(LINK_PATTERN)) {
    links += 1;
    if (links > MOST_LINKS) break;
    const url = trimEnd(match[0]);
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', text: url, url });
    from = match.index + url.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
};
