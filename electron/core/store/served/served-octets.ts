import { fileSpan, inLines, segmentLength, type EncodedFile, type ServedSegment } from '../../domain/served/segments';
import type { OctetSpan } from '../../domain/served-entity';
import { contentRange } from '../contents/content-range';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';

type OctetsRow = { segments: string; head: SqlValue; content: SqlValue };

/** Whoever reads a header does not read what comes behind it. */
const SELECT_OCTETS = `
  SELECT segments, head, CASE WHEN $to > coalesce(octet_length(head), 0) THEN content END AS content
  FROM served_octets WHERE message_row = $row`;

/**
 * Octets of a message as other programs see it: what is kept of it, and its attachments encoded as they were. Fewer
 * where it ends; none when it is gone.
 */
export function servedOctets(sql: SqlConnection, row: number, { from, to }: OctetSpan): Uint8Array {
  const found = sql.get<OctetsRow>(SELECT_OCTETS, { row, to });
  if (found === undefined || to <= from) return new Uint8Array(0);
  const head = found.head instanceof Uint8Array ? found.head : new Uint8Array(0);
  const parts: Uint8Array[] = [head.subarray(from, to)];
  let at = head.length;
  let literal = 0;
  for (const segment of JSON.parse(found.segments) as ServedSegment[]) {
    const length = segmentLength(segment);
    const span = { from: Math.max(0, from - at), to: Math.min(length, to - at) };
    if (span.from < span.to) parts.push(octetsOf({ sql, row, segment, content: found.content, literal }, span));
    if ('literal' in segment) literal += length;
    at += length;
  }
  return Buffer.concat(parts);
}

type Reading = {
  readonly sql: SqlConnection;
  readonly row: number;
  readonly segment: ServedSegment;
  readonly content: SqlValue;
  /** Where the segment begins among the literal octets. */
  readonly literal: number;
};

function octetsOf({ sql, row, segment, content, literal }: Reading, { from, to }: OctetSpan): Uint8Array {
  if ('literal' in segment) return contentRange(sql, content, { from: literal + from, to: literal + to });
  return encodedOctets(sql, row, segment, { from, to });
}

const SELECT_FILE = `
  SELECT c.content FROM attachment_contents c
  WHERE c.attachment_row = (SELECT row FROM attachments WHERE message_row = $row ORDER BY row LIMIT 1 OFFSET $file)`;

function encodedOctets(sql: SqlConnection, row: number, file: EncodedFile, wanted: OctetSpan): Uint8Array {
  const { content } = sql.get<{ content: SqlValue }>(SELECT_FILE, { row, file: file.file }) ?? { content: null };
  const span = fileSpan(file, wanted);
  const octets = contentRange(sql, content, span);
  const base64 = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64');
  const lines = Buffer.from(inLines(base64, file), 'latin1');
  return lines.subarray(span.skipped, span.skipped + wanted.to - wanted.from);
}
