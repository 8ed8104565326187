import type { StagedServed } from '../../ports/storage/contents';
import type { ServedDescription } from '../../domain/served/describe-message';
import type { ServedEntity } from '../../domain/served-entity';
import { keepContent } from '../contents/keep-content';
import { toBlob, type SqlConnection, type SqlParameters } from '../sql/sql-connection';

/** Keeps what other programs are told of a message; call it in the transaction that stores it, or later. */
export function insertServed(sql: SqlConnection, row: number, served: StagedServed): void {
  sql.run(
    `INSERT INTO served (message_row, size, envelope, body_structure, body, entity, fields)
     VALUES ($row, $size, $envelope, $bodyStructure, $body, $entity, $fields)`,
    { row, ...columnsOf(served.description), fields: JSON.stringify(served.fields) },
  );
  sql.run(
    'INSERT INTO served_octets (message_row, segments, head, content) VALUES ($row, $segments, $head, $content)',
    {
      row,
      segments: JSON.stringify(served.segments),
      head: toBlob(served.head),
      content: keepContent(sql, served.literals),
    },
  );
}

export function insertSealed(sql: SqlConnection, row: number, description: ServedDescription): void {
  sql.run(
    `INSERT INTO served_sealed (message_row, size, envelope, body_structure, body, entity)
     VALUES ($row, $size, $envelope, $bodyStructure, $body, $entity)`,
    { row, ...columnsOf(description) },
  );
}

function columnsOf({ entity, ...description }: ServedDescription): SqlParameters {
  return { ...description, entity: JSON.stringify(packed(entity)) };
}

/** An entity in few octets: places of header and body, the encoding, and what lies in it. */
type Packed = readonly [number, number, number, number, string, (readonly Packed[] | null)?, Packed?];

function packed({ header, body, encoding, parts, message }: ServedEntity): Packed {
  const places = [header.from, header.to, body.from, body.to, encoding] as const;
  if (message) return [...places, null, packed(message)];
  return parts ? [...places, parts.map(packed)] : places;
}

export function storedEntity(text: string): ServedEntity {
  return unpacked(JSON.parse(text) as Packed);
}

function unpacked([headerFrom, headerTo, bodyFrom, bodyTo, encoding, parts, message]: Packed): ServedEntity {
  return {
    header: { from: headerFrom, to: headerTo },
    body: { from: bodyFrom, to: bodyTo },
    encoding,
    ...(parts ? { parts: parts.map(unpacked) } : {}),
    ...(message ? { message: unpacked(message) } : {}),
  };
}
