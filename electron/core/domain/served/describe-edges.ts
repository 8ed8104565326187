import type { OctetSpan } from '../served-entity';
import { describeParts, type ServedDescription } from './describe-message';
import { readParts } from './read-parts';
import { isMessage, isMultipart, OCTETS, type WrittenPart } from './written-part';

/**
 * Describes a large sealed message by its beginning, which holds its header, and its end: what lies between is one
 * part, of which nothing but its length is told. `skipped`: octets between. Where that is not so, no program of ours
 * wrote it, and all of it is told as octets that are not divided: to look for parts in them would hold up everybody.
 */
export function describeEdges(o: {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly skipped: number;
}): ServedDescription {
  const { head, tail, skipped } = o;
  const edges = new Uint8Array(head.length + tail.length);
  edges.set(head);
  edges.set(tail, head.length);
  const root = readParts(edges);
  const at = head.length;
  const known = lengthIsAll(root, at) ? root : undivided(root);
  return describeParts(widened(known, { at, skipped }), edges.length + skipped);
}

/** Whether the place lies in a part of which no lines are counted, and that is not divided (RFC 9051 7.5.2). */
function lengthIsAll(root: WrittenPart, at: number): boolean {
  const part = root.parts?.find(({ body }) => body.from < at && body.to > at);
  if (part === undefined) return false;
  const { contentType } = part;
  return !isMultipart(contentType) && !isMessage(contentType) && contentType.type.toLowerCase() !== 'text';
}

function undivided({ fields, header, body }: WrittenPart): WrittenPart {
  return { fields, header, body, contentType: OCTETS, lines: 0 };
}

type Gap = { readonly at: number; readonly skipped: number };

function widened(part: WrittenPart, gap: Gap): WrittenPart {
  const { header, body, parts, message } = part;
  return {
    ...part,
    header: moved(header, gap),
    body: moved(body, gap),
    ...(parts ? { parts: parts.map((each) => widened(each, gap)) } : {}),
    ...(message ? { message: widened(message, gap) } : {}),
  };
}

function moved({ from, to }: OctetSpan, { at, skipped }: Gap): OctetSpan {
  const place = (offset: number): number => (offset > at ? offset + skipped : offset);
  return { from: place(from), to: place(to) };
}
