/** What a window lays out at once without standing still; letters of people are shorter. */
const MOST_CHARACTERS = 100_000;
const MOST_LINES = 2_000;

/**
 * Cuts a text into pieces that can be shown one after the other, at line ends where there are some. Joined with
 * nothing between, they are the text again.
 */
export const textPieces = (text: string): string[] => {
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length) {
    const to = pieceEnd(text, from);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
};

const pieceEnd = (text: string, from: number): number => {
  const limit = from + MOST_CHARACTERS;
  let end = from;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const next = text.indexOf('\n', end);
    if (next < 0 || next >= limit) return text.length <= limit ? text.length : cutAt(text, end > from ? end : limit);
    end = next + 1;
  }
  return end;
};

/** Not within a character of two units. */
const cutAt = (text: string, at: number): number => (/[\ud800-\udbff]/u.test(text[at - 1] ?? '') ? at - 1 : at);
