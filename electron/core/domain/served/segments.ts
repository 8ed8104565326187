import type { AttachmentId } from '../../../../shared/ids';

/** Octets of a file in base64, in lines. */
export type EncodedFile = {
  readonly attachment: AttachmentId;
  /** Of the file. */
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
  const characters = 4 * Math.ceil(segment.octets / 3);
  const lines = Math.ceil(characters / segment.line);
  return characters + segment.end * Math.max(0, segment.isEnded ? lines : lines - 1);
}

/** Which octets of the file are needed for octets of its encoded form, and how many encoded ones those begin before. */
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

/** Base64 in lines of this length; the last line has an end only when `isEnded`. */
export function inLines(base64: string, { line, end, isEnded }: Pick<EncodedFile, 'line' | 'end' | 'isEnded'>): string {
  const lineEnd = end === 2 ? '\r\n' : '\n';
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += line) lines.push(base64.slice(at, at + line));
  return lines.join(lineEnd) + (isEnded && lines.length > 0 ? lineEnd : '');
}
