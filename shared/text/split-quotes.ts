export type TextBlock = { readonly kind: 'text' | 'quote' | 'signature'; readonly text: string };

/** Whoever quotes in more places is not read but wants to freeze the window; the rest stays one block. */
const MOST_BLOCKS = 1_000;

const isDash = (line: string): boolean => line === '-- ';
const isQuoted = (line: string): boolean => line.startsWith('>');
const isBlank = (line: string): boolean => line.trim() === '';

/** «Bob wrote:» in any language: words that end with a colon. */
const introduces = (line: string): boolean => /[:：]\s*$/u.test(line.slice(-20));

/** Above a quotation that is not marked: «-----Original Message-----», «________________________________». */
const isRule = (line: string): boolean =>
  line.length < 200 && (/^-{2,} ?[^-].*[^-] ?-{2,}\s*$/u.test(line) || /^_{20,}\s*$/u.test(line));

/** The first lines of such a quotation: the sender, and what else stood in its head. */
const isHead = (line: string, next: string): boolean =>
  /^\*?(?:From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|Kimden|От|Від|发件人|寄件者|差出人|보낸 사람)\*? ?[:：]/u.test(
    line,
  ) && /^\*?[^:：]{2,20}\*? ?[:：]/u.test(next);

type Around = {
  readonly lines: readonly string[];
  /** The first line with words at a place or behind it. */
  readonly wordsFrom: (from: number) => string;
};

/**
 * Does a quotation begin at this line, behind a signature? One line with a mark right below the signature's words
 * belongs to them; a quotation is set apart, introduced, or has more lines.
 */
const beginsQuote = ({ lines, wordsFrom }: Around, index: number): boolean => {
  const at = (place: number): string => lines[place] ?? '';
  const line = at(index);
  const isIntroduction = (place: number): boolean => introduces(at(place)) && isQuoted(wordsFrom(place + 1));
  if (isQuoted(line)) return isBlank(at(index - 1)) || introduces(at(index - 1)) || isQuoted(at(index + 1));
  if (isRule(line) || isHead(line, at(index + 1)) || isIntroduction(index)) return true;
  return isBlank(at(index - 1)) && !isBlank(line) && isIntroduction(index + 1);
};

/** For each line, in one walk from the end. */
const wordsFrom = (lines: readonly string[]): Around['wordsFrom'] => {
  const words: string[] = Array.from({ length: lines.length + 1 }, () => '');
  for (let index = lines.length - 1; index >= 0; index -= 1)
    words[index] = isBlank(lines[index] ?? '') ? (words[index + 1] ?? '') : (lines[index] ?? '');
  return (from) => words[from] ?? '';
};

const kindOf = (around: Around, index: number, former: TextBlock['kind'] | undefined): TextBlock['kind'] => {
  const line = around.lines[index] ?? '';
  if (isDash(line)) return 'signature';
  if (former === 'signature' && !beginsQuote(around, index)) return 'signature';
  if (isQuoted(line)) return 'quote';
  return former === 'quote' && isBlank(line) && isQuoted(around.wordsFrom(index)) ? 'quote' : 'text';
};

/**
 * Cuts a plain text into what was written, what was quoted (`>`), and the signature: from `-- ` on (RFC 3676, 4.3) to
 * where a quotation begins, since many write above what they answer. Blank lines between quoted ones belong to the
 * quotation.
 */
export const splitQuotes = (text: string): TextBlock[] => {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const around = { lines, wordsFrom: wordsFrom(lines) };
  const blocks: { kind: TextBlock['kind']; lines: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const last = blocks.at(-1);
    const kind = kindOf(around, index, last?.kind);
    if (last && (last.kind === kind || blocks.length >= MOST_BLOCKS)) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks
    .map(({ kind, lines: own }) => ({ kind, text: own.join('\n') }))
    .filter(({ text: block }) => block.trim() !== '');
};

/** The text without its signatures: what one answers. */
export const withoutSignature = (text: string): string =>
  splitQuotes(text)
    .filter(({ kind }) => kind !== 'signature')
    .map((block) => block.text)
    .join('\n');
