import { MAX_SIGNATURES_OF_MESSAGE } from '../../domain/key-limits';
import { readLiteral, type Literal } from './literal-data';
import { TAG, isPassedOver, splitPackets, type Packet } from './packet-framing';

/** A signature over the literal; without `onePass` it stood before it, as old programs wrote it. */
export type MessageSignature = { readonly onePass?: Uint8Array; readonly signature: Uint8Array };

/** One literal with its signatures (RFC 9580, 10.3). */
export type SignedMessage = { readonly literal: Literal; readonly signatures: readonly MessageSignature[] };

export type SignedMessageReading =
  | { readonly outcome: 'read'; readonly message: SignedMessage }
  | { readonly outcome: 'compressed'; readonly body: Uint8Array }
  | { readonly outcome: 'refused'; readonly reason: 'unreadable' | 'not-signed' | 'malformed' };

/** The literal, and two packets at most for each signature; one signature more tells that there are too many. */
const MAX_PACKETS = 2 * (MAX_SIGNATURES_OF_MESSAGE + 1) + 1;

/**
 * Takes decrypted packets apart: one literal with its signatures around it, or one compressed packet. Anything else is
 * refused, also a signature over a message that is signed or compressed in itself.
 */
export function readSignedMessage(bytes: Uint8Array): SignedMessageReading {
  const packets = splitPackets(bytes, MAX_PACKETS, isPassedOver);
  if (packets === undefined) return refused('malformed');
  const [only, ...others] = packets;
  const isCompressed = only?.tag === TAG.compressed && others.length === 0;
  return isCompressed ? { outcome: 'compressed', body: only.body } : readAround(packets);
}

function readAround(packets: readonly Packet[]): SignedMessageReading {
  const at = packets.findIndex(({ tag }) => tag === TAG.literal);
  const body = packets[at]?.body;
  const literal = body && readLiteral(body);
  const signatures = pairUp(packets.slice(0, Math.max(at, 0)), packets.slice(at + 1));
  if (literal === undefined || signatures === undefined || signatures.length > MAX_SIGNATURES_OF_MESSAGE)
    return refused('malformed');
  return signatures.length === 0 ? refused('not-signed') : { outcome: 'read', message: { literal, signatures } };
}

/** The first one-pass packet belongs to the last signature: they stand like brackets. */
function pairUp(before: readonly Packet[], after: readonly Packet[]): MessageSignature[] | undefined {
  const onePasses = before.filter(({ tag }) => tag === TAG.onePassSignature);
  const isOdd =
    before.some(({ tag }) => tag !== TAG.onePassSignature && tag !== TAG.signature) ||
    after.some(({ tag }) => tag !== TAG.signature) ||
    after.length !== onePasses.length;
  if (isOdd) return undefined;
  const early = before.filter(({ tag }) => tag === TAG.signature).map(({ body }) => ({ signature: body }));
  const paired = [...after].reverse().flatMap(({ body: signature }, index) => {
    const onePass = onePasses[index]?.body;
    return onePass === undefined ? [] : [{ onePass, signature }];
  });
  return [...early, ...paired];
}

function refused(reason: 'not-signed' | 'malformed'): SignedMessageReading {
  return { outcome: 'refused', reason };
}
