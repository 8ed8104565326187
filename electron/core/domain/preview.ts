const PREVIEW_LENGTH = 160;

/** The first words of a message for the thread list: quotes, rules and runs of white space left out. */
export function previewOf(text: string): string {
  const lines = text
    .slice(0, 4_000)
    .split('\n')
    .filter((line) => !/^\s*(>|[-=_*]{3,}\s*$)/.test(line));
  return Array.from(lines.join(' ').replace(/\s+/g, ' ').trim()).slice(0, PREVIEW_LENGTH).join('');
}
