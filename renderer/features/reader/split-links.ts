export type TextPiece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly url: string };

const linkPattern = /\b(?:https?:\/\/|mailto:)[^\s<>"'`{}|\\^]+/giu;
const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

const count = (text: string, character: string): number => text.split(character).length - 1;

const endsLoose = (url: string): boolean => {
  const last = url.at(-1) ?? '';
  if (/[.,;:!?*_]/u.test(last)) return true;
  const opener = closers[last];
  return opener !== undefined && count(url, last) > count(url, opener);
};

/** Punctuation after a link belongs to the sentence; a closing bracket too, unless the link opened it. */
const trimEnd = (url: string): string => {
  let end = url.length;
  while (end > 0 && endsLoose(url.slice(0, end))) end -= 1;
  return url.slice(0, end);
};

/** Cuts a text into plain pieces and links (`http`, `https`, `mailto`). Joined, the pieces are the text again. */
export const splitLinks = (text: string): TextPiece[] => {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(linkPattern)) {
    const url = trimEnd(match[0]);
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', text: url, url });
    from = match.index + url.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
};
