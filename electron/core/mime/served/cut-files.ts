import { inLines, segmentLength, type EncodedFile, type ServedSegment } from '../../domain/served/segments';
import type { OctetSpan, ServedEntity } from '../../domain/served-entity';
import type { NewServed } from '../../domain/served/served-octets';

type Files = readonly { readonly content: Uint8Array }[];

/** Smaller files are kept once more: there is nothing to save. */
const MIN_FILE_OCTETS = 1_024;
/** Files come in the order of their parts: the first of the same length is nearly always the one. */
const MAX_COMPARED = 4;
const NOTHING = new Uint8Array(0);
const CR = 0x0d;
const LF = 0x0a;

/**
 * Divides the octets of a message behind `from` into what is kept as it is, and attachments that give the very same
 * octets when they are encoded again. Each is encoded and compared here, so that nothing can differ later.
 */
export function cutFiles(
  octets: Uint8Array,
  o: { readonly from: number; readonly entity: ServedEntity; readonly attachments: Files },
): Pick<NewServed, 'segments' | 'literals'> {
  const left = new Set(o.attachments.keys());
  const segments: ServedSegment[] = [];
  const literals: Uint8Array[] = [];
  let at = o.from;
  const keep = (to: number): void => {
    if (to <= at) return;
    segments.push({ literal: to - at });
    literals.push(octets.subarray(at, to));
    at = to;
  };
  for (const span of encodedBodies(o.entity)) {
    const file = encodedFile(octets, span, { attachments: o.attachments, left });
    if (!file || span.from < at) continue;
    keep(span.from);
    segments.push(file);
    left.delete(file.file);
    at += segmentLength(file);
  }
  keep(octets.length);
  return { segments, literals: new Uint8Array(Buffer.concat(literals)) };
}

/** Bodies in base64, in their order. */
function encodedBodies({ encoding, body, parts, message }: ServedEntity): OctetSpan[] {
  if (parts) return parts.flatMap(encodedBodies);
  if (message) return encodedBodies(message);
  return encoding === 'base64' && body.to - body.from >= MIN_FILE_OCTETS ? [body] : [];
}

function encodedFile(
  octets: Uint8Array,
  { from, to }: OctetSpan,
  { attachments, left }: { readonly attachments: Files; readonly left: ReadonlySet<number> },
): EncodedFile | undefined {
  const body = Buffer.from(octets.buffer, octets.byteOffset + from, to - from);
  const lines = linesOf(body);
  if (!lines) return undefined;
  const decoded = Buffer.from(body.toString('latin1'), 'base64');
  const alike = [...left].filter((file) => attachments[file]?.content.length === decoded.length);
  const found = alike.slice(0, MAX_COMPARED).find((file) => decoded.equals(attachments[file]?.content ?? NOTHING));
  if (found === undefined || decoded.length === 0) return undefined;
  const encoded = { file: found, octets: decoded.length, ...lines };
  return isSame(body, decoded, encoded) ? encoded : undefined;
}

/** How the lines of an encoded body look, by the first and the last; undefined for what no line length gives. */
function linesOf(body: Buffer): Pick<EncodedFile, 'line' | 'end' | 'isEnded'> | undefined {
  const found = body.indexOf(LF);
  const first = found < 0 ? body.length : found;
  const end = found < 0 || body[first - 1] === CR ? 2 : 1;
  const line = found >= 0 && end === 2 ? first - 1 : first;
  return line > 0 && line % 4 === 0 ? { line, end, isEnded: body[body.length - 1] === LF } : undefined;
}

function isSame(body: Buffer, decoded: Buffer, encoded: EncodedFile): boolean {
  const length = segmentLength(encoded);
  if (length !== body.length) return false;
  return body.equals(Buffer.from(inLines(decoded.toString('base64'), encoded), 'latin1').subarray(0, length));
}
