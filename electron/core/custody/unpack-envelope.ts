import { MAX_MESSAGE_BYTES } from '../domain/limits';
import type { HeldEnvelopeFacts } from '../ports/custody-crypto';
import { EnvelopeFactsForm, MAX_FACTS_BYTES } from './envelope-facts';
import { paddedLength } from './padded-length';

const LENGTH_BYTES = 4;
/** Compared a block at a time: padding may have millions of octets, of which each alone would take a call. */
const ZEROS = new Uint8Array(64 * 1024);

/**
 * Undoes `packHeldEnvelope`; undefined for anything it would not have made. Never throws. `raw` is a view of `content`.
 */
export function unpackHeldEnvelope(
  content: Uint8Array,
): { readonly facts: HeldEnvelopeFacts; readonly raw: Uint8Array } | undefined {
  if (content.length > MAX_MESSAGE_BYTES) return undefined;
  const told = readBlock(content, { at: 0, limit: MAX_FACTS_BYTES });
  const raw = told && readBlock(content, { at: LENGTH_BYTES + told.length, limit: MAX_MESSAGE_BYTES });
  if (!raw || !isPadding(content, 2 * LENGTH_BYTES + told.length + raw.length)) return undefined;
  const facts = readFacts(told);
  return facts && { facts, raw };
}

function readBlock(
  content: Uint8Array,
  { at, limit }: { readonly at: number; readonly limit: number },
): Uint8Array | undefined {
  const start = at + LENGTH_BYTES;
  if (start > content.length) return undefined;
  const length = new DataView(content.buffer, content.byteOffset + at, LENGTH_BYTES).getUint32(0);
  return length > limit || length > content.length - start ? undefined : content.subarray(start, start + length);
}

/** What follows is as long as it must be, and zeros: nothing can be hidden in it. */
function isPadding(content: Uint8Array, from: number): boolean {
  if (content.length !== paddedLength(from)) return false;
  const padding = content.subarray(from);
  for (let at = 0; at < padding.length; at += ZEROS.length)
    if (Buffer.compare(padding.subarray(at, at + ZEROS.length), ZEROS.subarray(0, padding.length - at)) !== 0)
      return false;
  return true;
}

function readFacts(told: Uint8Array): HeldEnvelopeFacts | undefined {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(told));
    return EnvelopeFactsForm.safeParse(read).data;
  } catch {
    return undefined;
  }
}
