import { PosthornError } from '../../../shared/errors';
import type { HeldEnvelopeFacts } from '../ports/custody-crypto';
import { EnvelopeFactsForm } from './envelope-facts';
import { paddedLength } from './padded-length';
import { MAX_ENVELOPE_BYTES } from '../domain/custody-limits';

const LENGTH_BYTES = 4;

/**
 * What is sealed for the recipient alone: length of the facts (four octets, most significant first), the facts as JSON,
 * length of the message, the message, zeros up to the padded length (PROTOCOL.md 10).
 * @throws PosthornError `too-large` past MAX_ENVELOPE_BYTES, `internal` for facts that no recipient would take
 */
export function packHeldEnvelope({
  facts,
  raw,
}: {
  readonly facts: HeldEnvelopeFacts;
  readonly raw: Uint8Array;
}): Uint8Array {
  if (!EnvelopeFactsForm.safeParse(facts).success)
    throw new PosthornError(
      'internal',
      'The message could not be left with holders. It waits until its recipient is online.',
    );
  const told = Buffer.from(JSON.stringify(facts), 'utf8');
  const total = paddedLength(2 * LENGTH_BYTES + told.length + raw.length);
  if (total > MAX_ENVELOPE_BYTES) {
    throw new PosthornError(
      'too-large',
      'The message is too large to be left with holders. It waits until its recipient is online.',
    );
  }
  // Memory of its own and zeroed: it goes to another thread, and its end is the padding.
  const content = new Uint8Array(total);
  const view = new DataView(content.buffer);
  view.setUint32(0, told.length);
  content.set(told, LENGTH_BYTES);
  view.setUint32(LENGTH_BYTES + told.length, raw.length);
  content.set(raw, 2 * LENGTH_BYTES + told.length);
  return content;
}
