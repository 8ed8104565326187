import type { AddressPiece } from './address-pieces';

/** Fields of a header, whose colon begins no group. */
const FIELDS = /^(?:to|cc|bcc|from|sender|reply-to|an|von|à|de|para|da|til|fra|till|från|收件人|发件人|抄送)$/iu;

/**
 * The pieces without the separators that stand within a name before its bracket. `Smith, Bob <bob@…>; …`: where
 * semicolons part people, as Outlook writes them, a comma is one of a name; without them it could part two people, of
 * whom one would be lost. `Bob Smith`, and on the next line `<bob@…>`: the line was wrapped.
 */
export function withWholeNames(pieces: readonly AddressPiece[]): AddressPiece[] {
  const isListOfOutlook = partsBySemicolons(pieces);
  const kept: AddressPiece[][] = [];
  // From the end, since the bracket at the end of a name decides.
  let behind: readonly AddressPiece[] = [];
  for (const { end, segment } of segmentsOf(pieces).reverse()) {
    const isWithin = isNameAlone(segment) && belongs(end, behind, isListOfOutlook);
    kept.push(isWithin ? segment : [...segment, ...end]);
    // Of a name with many commas only the end matters.
    behind = isWithin ? [...segment.slice(0, 1), ...behind.slice(-1)] : segment;
  }
  return kept.reverse().flat();
}

/** What stands before separators: those between two pieces are together. */
type Segment = { readonly segment: AddressPiece[]; readonly end: AddressPiece[] };

function segmentsOf(pieces: readonly AddressPiece[]): Segment[] {
  const segments: Segment[] = [{ segment: [], end: [] }];
  for (const piece of pieces) {
    const last = segments.at(-1);
    if (piece.kind === 'end') last?.end.push(piece);
    else if (last && last.end.length > 0) segments.push({ segment: [piece], end: [] });
    else last?.segment.push(piece);
  }
  return segments;
}

function belongs(end: readonly AddressPiece[], behind: readonly AddressPiece[], isListOfOutlook: boolean): boolean {
  const sign = end.map(({ text }) => text).join('');
  const [first] = behind;
  if (/^(?:\r\n|\n|\r)$/u.test(sign)) return first?.kind === 'angle';
  const hasBracket = first?.kind !== 'angle' && behind.some(({ kind }) => kind === 'angle');
  return isListOfOutlook && /^[,，]$/u.test(sign) && hasBracket;
}

function isNameAlone(segment: readonly AddressPiece[]): boolean {
  const words = segment.slice(segment.map(({ kind }) => kind).lastIndexOf('label') + 1);
  return (
    words.length > 0 && words.every(({ kind, text }) => (kind === 'word' || kind === 'name') && !text.includes('@'))
  );
}

function partsBySemicolons(pieces: readonly AddressPiece[]): boolean {
  const hasGroup = pieces.some(({ kind }, at) => kind === 'label' && !FIELDS.test(pieces[at - 1]?.text ?? ''));
  return !hasGroup && pieces.some(({ kind, text }) => kind === 'end' && /[;；]/u.test(text));
}
