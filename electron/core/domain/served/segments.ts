/** Octets of a file in base64, in lines. */
export type EncodedFile = {
  /** Which of the message's attachments, in their order. */
  readonly file: number;
  /** Of the file, one at least. */
  readonly octets: number;
  /** Characters of a line; a multiple of four. */
  readonly line: number;
  /** Octets of a line end: CR LF or LF. */
  readonly end: 1 | 2;
  /** Whether the last line has an end, too. */
  readonly isEnded: boolean;
};

/** A piece of a message as other programs see it: octets as they are, or an attachment that is encoded. */
export type ServedSegment = { readonly literal: number } | EncodedFile;

/** Octets of a message that a segment stands for. */
export function segmentLength(segment: ServedSegment): number {
  if ('literal' in segment) return segment.literal;
  return 4 * Math.ceil(segment.octets / 3) + segment.end * lineEndsOf(segment);
}

/** How many line ends an encoded file has. */
export function lineEndsOf({ octets, line, isEnded }: EncodedFile): number {
  const lines = Math.ceil((4 * Math.ceil(octets / 3)) / line);
  return isEnded ? lines : lines - 1;
}

/**
 * Which octets of the file stand for these octets of its encoded form. `skipped`: how many octets the form of those
 * begins before `from`.
 */
export function fileSpan(
  { line, end, octets }: EncodedFile,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number; readonly skipped: number } {
  const ofLine = (line / 4) * 3;
  const first = Math.floor(from / (line + end));
  const past = Math.ceil(to / (line + end));
  return {
    from: Math.min(octets, first * ofLine),
    to: Math.min(octets, past * ofLine),
    skipped: from - first * (line + end),
  };
}

/** Base64 in lines, each with its end. */
export function inLines(base64: string, { line, end }: Pick<EncodedFile, 'line' | 'end'>): string {
  const lineEnd = end === 2 ? '\r\n' : '\n';
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += line) lines.push(base64.slice(at, at + line) + lineEnd);
  return lines.join('');
}
