import { MAX_FILTERED_HEADER_OCTETS } from '../../domain/client-limits';
import type { OctetSpan, ServedEntity } from '../../domain/served-entity';
import type { SectionItem } from '../grammar/fetch-items';
import { entityAt } from '../../domain/served-entity';
import { filterHeader, sectionSpan } from './content-spans';
import { transferDecoder } from './decode-transfer';

/** Octets of a message, the end without; fewer where it is gone. */
export type ReadOctets = (from: number, to: number) => Uint8Array;

/** What an item asks for, to be read piece by piece. `size` is undefined where it must be counted first. */
export type Content = { readonly size: number | undefined; pieces(): Iterable<Uint8Array> };

/** Octets that are in memory at once. */
export const PIECE = 64 * 1024;

/** Undefined for what the message does not have; `unknown-encoding` where BINARY cannot decode (RFC 9051 6.4.5). */
export function contentOf(
  item: SectionItem,
  { entity, read }: { readonly entity: ServedEntity; readonly read: ReadOctets },
): Content | undefined | 'unknown-encoding' {
  const { section, name, partial } = item;
  const span = sectionSpan(entity, section);
  if (!span) return undefined;
  const isDecoded = name !== 'BODY[]' && section.what === undefined;
  if (isDecoded && section.part.length > 0) return decoded(item, { entity, span, read });
  if (typeof section.what === 'object') {
    const header = read(span.from, Math.min(span.to, span.from + MAX_FILTERED_HEADER_OCTETS));
    return cut(inMemory(filterHeader(header, section.what)), partial);
  }
  return ofSpan(part(span, partial), read);
}

function decoded(
  { section, partial }: SectionItem,
  { entity, span, read }: { entity: ServedEntity; span: OctetSpan; read: ReadOctets },
): Content | 'unknown-encoding' {
  const decode = transferDecoder(entityAt(entity, section.part)?.entity.encoding ?? '');
  if (!decode) return 'unknown-encoding';
  return cut({ size: undefined, pieces: () => decode(spanPieces(span, read)) }, partial);
}

function part({ from, to }: OctetSpan, partial: SectionItem['partial']): OctetSpan {
  if (!partial) return { from, to };
  const start = Math.min(to, from + partial.from);
  return { from: start, to: Math.min(to, start + partial.count) };
}

function ofSpan(span: OctetSpan, read: ReadOctets): Content {
  return { size: span.to - span.from, pieces: () => spanPieces(span, read) };
}

function* spanPieces({ from, to }: OctetSpan, read: ReadOctets): Generator<Uint8Array> {
  for (let at = from; at < to; at += PIECE) yield read(at, Math.min(to, at + PIECE));
}

function inMemory(octets: Uint8Array): Content {
  return { size: octets.length, pieces: () => [octets] };
}

function cut(content: Content, partial: SectionItem['partial']): Content {
  if (!partial) return content;
  const from = Math.min(partial.from, content.size ?? partial.from);
  const size = content.size === undefined ? undefined : Math.min(partial.count, content.size - from);
  return { size, pieces: () => cutPieces(content.pieces(), { from, to: from + partial.count }) };
}

function* cutPieces(pieces: Iterable<Uint8Array>, { from, to }: OctetSpan): Generator<Uint8Array> {
  let at = 0;
  for (const piece of pieces) {
    yield piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.length;
    if (at >= to) return;
  }
}
