export type TextBlock = { readonly kind: 'text' | 'quote' | 'signature'; readonly text: string };

/** Whoever quotes in more places is not read but wants to freeze the window; the rest stays one block. */
const MOST_BLOCKS = 1_000;

const kindOf = (line: string, former: TextBlock['kind'] | undefined): TextBlock['kind'] => {
  if (former === 'signature' || line === '-- ') return 'signature';
  return line.startsWith('>') ? 'quote' : 'text';
};

/** Cuts a plain text into what was written, what was quoted (`>`), and the signature (from `-- ` on; RFC 3676, 4.3). */
export const splitQuotes = (text: string): TextBlock[] => {
  const blocks: { kind: TextBlock['kind']; lines: string[] }[] = [];
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const last = blocks.at(-1);
    const kind = kindOf(line, last?.kind);
    if (last && (last.kind === kind || blocks.length >= MOST_BLOCKS)) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks
    .map(({ kind, lines }) => ({ kind, text: lines.join('\n') }))
    .filter(({ text: block }) => block.trim() !== '');
};
