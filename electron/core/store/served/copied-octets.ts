import { rowsOctets } from '../../domain/request-budget';
import type { SqlConnection } from '../sql/sql-connection';

/** Octets that a copy of each of these messages takes on the disk, by their rows: large contents are shared. */
export function copiedOctets(sql: SqlConnection, rows: readonly number[]): Map<number, number> {
  const found = sql.all<CopiedRow>(SELECT_COPIED, { rows: JSON.stringify(rows) });
  return new Map(found.map(({ row, text, others }) => [row, rowsOctets({ text, others })]));
}

type CopiedRow = { row: number; text: number; others: number };

/** Zero for octets that lie in a row of their own, of which the column has the number. */
const within = (content: string): string =>
  `CASE typeof(${content}) WHEN 'blob' THEN octet_length(${content}) ELSE 0 END`;

const SELECT_COPIED = `
  SELECT m.row, coalesce(octet_length(b.text), 0) AS text,
    coalesce(octet_length(b.html), 0)
      + coalesce(octet_length(s.envelope) + 2 * octet_length(s.body_structure) + octet_length(s.entity) + octet_length(s.fields), 0)
      + coalesce(octet_length(o.segments) + coalesce(octet_length(o.head), 0) + ${within('o.content')}, 0)
      + coalesce((SELECT sum(${within('w.content')}) FROM wire_copies w WHERE w.message_row = m.row AND w.is_raw = 1), 0)
      + coalesce((SELECT sum(${within('c.content')} + coalesce(octet_length(t.text), 0))
          FROM attachments a JOIN attachment_contents c ON c.attachment_row = a.row
            LEFT JOIN attachment_texts t ON t.attachment_row = a.row
          WHERE a.message_row = m.row), 0) AS others
  FROM messages m LEFT JOIN bodies b ON b.message_row = m.row LEFT JOIN served s ON s.message_row = m.row
    LEFT JOIN served_octets o ON o.message_row = m.row
  WHERE m.row IN (SELECT value FROM json_each($rows))`;
