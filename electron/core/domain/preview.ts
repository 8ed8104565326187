import { plainLine } from '../../../shared/text/plain-line';

const PREVIEW_LENGTH = 160;

/**
 * The first words of a message for the thread list: without quotes, rules and runs of white space, and without what
 * nobody sees, which newsletters write to fill the line.
 */
export function previewOf(text: string): string {
  const lines = text
    .slice(0, 4_000)
    .split('\n')
    .filter((line) => !/^\s*(>|[-=_*]{3,}\s*$)/.test(line));
  return Array.from(plainLine(lines.join(' ')))
    .slice(0, PREVIEW_LENGTH)
    .join('');
}
