import { entityAt, type OctetSpan, type ServedEntity } from '../../domain/served-entity';
import type { Section } from '../grammar/section';

/**
 * Where the octets of a section lie (RFC 9051 6.4.5.1). With `fields` only these lines of the span are meant. Undefined
 * for what the message does not have.
 */
export function sectionSpan(root: ServedEntity, { part, what }: Section): OctetSpan | undefined {
  const found = entityAt(root, part);
  if (!found) return undefined;
  const { entity, isWhole } = found;
  if (what === undefined) return isWhole ? { from: entity.header.from, to: entity.body.to } : entity.body;
  if (what === 'MIME') return entity.header;
  const message = isWhole ? entity : entity.message;
  if (!message) return undefined;
  return what === 'TEXT' ? message.body : message.header;
}

/**
 * The header with these fields only, or without them, and the empty line that ends it. The cost grows as the header.
 */
export function filterHeader(
  header: Uint8Array,
  { fields, isWithout }: { readonly fields: readonly string[]; readonly isWithout: boolean },
): Uint8Array {
  const wanted = new Set(fields.map((name) => name.toLowerCase()));
  const kept: string[] = [];
  let keeps = false;
  for (const line of Buffer.from(header)
    .toString('latin1')
    .match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (line === '\r\n' || line === '\n') break;
    if (!/^[ \t]/.test(line)) {
      const colon = line.indexOf(':');
      const name = line
        .slice(0, colon < 0 ? line.length : colon)
        .trimEnd()
        .toLowerCase();
      keeps = wanted.has(name) !== isWithout;
    }
    if (keeps) kept.push(line);
  }
  return Buffer.from(`${kept.join('')}\r\n`, 'latin1');
}
