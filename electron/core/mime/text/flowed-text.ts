type Line = { readonly depth: number; readonly text: string };

const SIGNATURE = '-- ';

/**
 * Text of `format=flowed` (RFC 3676 4) with its paragraphs on one line each. Quoted lines are joined with lines of the
 * same depth only, and a quotation is written as `> ` or `>> `. `isSpaceDeleted` is DelSp: the space that joins is no
 * part of the text.
 */
export function unflow(text: string, isSpaceDeleted: boolean): string {
  const paragraphs: string[] = [];
  let pieces: string[] = [];
  let depth = 0;
  const end = (): void => {
    if (pieces.length > 0) paragraphs.push(written(depth, pieces));
    pieces = [];
  };
  for (const line of text.split('\n').map(readLine)) {
    if (line.depth !== depth || line.text === SIGNATURE) end();
    ({ depth } = line);
    const isFlowed = line.text.endsWith(' ') && line.text !== SIGNATURE;
    pieces.push(isFlowed && isSpaceDeleted ? line.text.slice(0, -1) : line.text);
    if (!isFlowed) end();
  }
  end();
  return paragraphs.join('\n');
}

function readLine(line: string): Line {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  // One space was put before what begins with a space, with «From » or with a quotation mark.
  return { depth, text: line.slice(line[depth] === ' ' ? depth + 1 : depth) };
}

function written(depth: number, pieces: readonly string[]): string {
  const joined = pieces.join('');
  const text = joined === SIGNATURE ? joined : joined.replace(/ $/, '');
  return depth === 0 ? text : `${'>'.repeat(depth)}${text === '' ? '' : ' '}${text}`;
}
