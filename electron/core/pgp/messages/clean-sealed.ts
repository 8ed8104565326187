import { MAX_SESSION_KEYS } from '../../domain/key-limits';
import { decodeArmor, encodeArmor, looksArmored } from '../packets/armor';
import { isPassedOver, joinPackets, splitPackets, TAG } from '../packets/packet-framing';

/** What programs that speak OpenPGP encrypt with; whether they can open it, recipients judge. */
const CONTENT: ReadonlySet<number> = new Set([TAG.encryptedWithIntegrity, TAG.encryptedByGnupg]);

/**
 * A sealed message as it may leave, armored: session keys for recipients, then one encrypted packet with integrity
 * protection. Armor headers (Version, Comment) and packets that say nothing are left out, since they would tell which
 * program wrote it. Undefined for anything else, such as plain text or a message under a passphrase.
 */
export function cleanSealed(sealed: Uint8Array): Uint8Array | undefined {
  const binary = looksArmored(sealed) ? decodeArmor(sealed, 'PGP MESSAGE', 1)?.[0] : sealed;
  const packets = binary && splitPackets(binary, MAX_SESSION_KEYS + 1, isPassedOver);
  const content = packets?.at(-1);
  if (packets === undefined || content === undefined || packets.length < 2 || !CONTENT.has(content.tag))
    return undefined;
  const isForRecipients = packets.slice(0, -1).every(({ tag }) => tag === TAG.encryptedSessionKey);
  return isForRecipients ? encodeArmor('PGP MESSAGE', joinPackets(packets)) : undefined;
}
