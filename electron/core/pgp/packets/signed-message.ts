import { literalContent } from './literal-data';
import { TAG, splitPackets } from './packet-framing';

/** The one shape of signed message that is read: one-pass signature, literal data, signature (RFC 9580, 10.3). */
export type SignedMessage = {
  readonly onePass: Uint8Array;
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
};

export type SignedMessageReading =
  | { readonly outcome: 'read'; readonly message: SignedMessage }
  | { readonly outcome: 'compressed'; readonly body: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: 'unreadable' | 'not-signed' | 'malformed' };

const SIGNED = [TAG.onePassSignature, TAG.literal, TAG.signature].join();
/** One more than the longest good sequence, which is enough to see that there are too many. */
const MAX_PACKETS = 4;

/** Takes decrypted packets apart; anything but exactly one signed literal, or one compressed packet, is refused. */
export function readSignedMessage(bytes: Uint8Array): SignedMessageReading {
  const packets = splitPackets(bytes, MAX_PACKETS);
  if (packets === undefined) return { outcome: 'refused', reason: 'malformed' };
  const shape = packets.map((packet) => packet.tag).join();
  const [first, second, third] = packets;
  if (shape === String(TAG.compressed) && first !== undefined) return { outcome: 'compressed', body: first.body };
  if (shape === String(TAG.literal)) return { outcome: 'refused', reason: 'not-signed' };
  if (shape !== SIGNED || !first || !second || !third) return { outcome: 'refused', reason: 'malformed' };
  const content = literalContent(second.body);
  if (content === undefined) return { outcome: 'refused', reason: 'malformed' };
  return { outcome: 'read', message: { onePass: first.body, content, signature: third.body } };
}
