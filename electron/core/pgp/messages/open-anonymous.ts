import type { SecretKeyBlock } from '../../ports/keys';
import type { Pgp } from '../../ports/pgp';
import { literalContent } from '../packets/literal-data';
import { TAG, splitPackets } from '../packets/packet-framing';
import { openProtected } from './protected-message';
import { MAX_ENVELOPE_BYTES } from '../../domain/custody-limits';

type Opened = Awaited<ReturnType<Pgp['openAnonymous']>>;
type Refusal = Extract<Opened, { outcome: 'refused' }>['reason'];

/** One more than allowed, which is enough to see that there are too many. */
const MAX_PACKETS = 2;

/**
 * Opens what `sealAnonymously` made: one session key, one SEIPD version 1 packet, and in it one literal alone. A
 * message that is signed, compressed, or has a second packet anywhere is `malformed`: with a second form, a sender
 * could mark envelopes. `content` is a view of its own memory.
 */
export async function openAnonymous(o: {
  sealed: Uint8Array;
  secretKey: SecretKeyBlock;
  retired?: readonly SecretKeyBlock[];
}): Promise<Opened> {
  const plain = await openProtected({ ...o, maxSessionKeys: 1, isBare: true });
  return plain.outcome === 'refused' ? plain : readLiteral(plain.value);
}

function readLiteral(plain: Uint8Array): Opened {
  const [packet, ...others] = splitPackets(plain, MAX_PACKETS) ?? [];
  if (packet?.tag !== TAG.literal || others.length > 0) return refused('malformed');
  const content = literalContent(packet.body);
  if (content === undefined) return refused('malformed');
  return content.length > MAX_ENVELOPE_BYTES ? refused('too-large') : { outcome: 'opened', content };
}

function refused(reason: Refusal): Opened {
  return { outcome: 'refused', reason };
}
