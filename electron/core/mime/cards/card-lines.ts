/** The unfolded lines of one vCard that name its person. */
export type CardLines = readonly string[];
type Scan = { readonly cards: CardLines[]; current: string[]; depth: number };

const WANTED = /^(?:[a-z0-9-]{1,60}\.)?(version|fn|n|email|key)(?=[;:])/i;
const MARK = /^(begin|end)\s{0,9}:\s{0,9}vcard\s{0,9}$/i;
const QUOTED_PRINTABLE = /^[^:]{0,200}quoted-printable[^:]{0,200}:/i;
const MAX_CARDS = 50;
/** Lines of one card that are looked at: a hundred thousand addresses. */
const MAX_LINES = 100;

/**
 * The closed cards of a vCard text (RFC 6350 3.2; also 3.0 and 2.1), at most 50. Cards inside a card, such as the
 * assistant's in AGENT of vCard 2.1, belong to somebody else and are left out.
 */
export function readCardLines(text: string): CardLines[] {
  const scan: Scan = { cards: [], current: [], depth: 0 };
  for (const line of unfold(text)) {
    const mark = MARK.exec(line)?.[1]?.toLowerCase();
    if (mark === 'begin') begin(scan);
    else if (mark === 'end') end(scan);
    else if (scan.depth === 1 && scan.current.length < MAX_LINES && WANTED.test(line)) scan.current.push(line);
    if (scan.cards.length >= MAX_CARDS) break;
  }
  return scan.cards;
}

function begin(scan: Scan): void {
  scan.depth += 1;
  if (scan.depth === 1) scan.current = [];
}

function end(scan: Scan): void {
  if (scan.depth === 1) scan.cards.push(scan.current);
  scan.depth = Math.max(0, scan.depth - 1);
}

/** Joins lines that go on: after a white space, and in vCard 2.1 after a soft break of quoted-printable. */
function unfold(text: string): string[] {
  const lines: string[][] = [];
  let last: string[] | undefined;
  let isSoft = false;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const isFolded = /^[ \t]/.test(line);
    if (last && (isSoft || isFolded)) last.push(isSoft ? line : line.slice(1));
    else lines.push((last = [line]));
    isSoft = line.endsWith('=') && QUOTED_PRINTABLE.test(last[0] ?? '');
    if (isSoft) last.push((last.pop() ?? '').slice(0, -1));
  }
  return lines.map((pieces) => pieces.join(''));
}
