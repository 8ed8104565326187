import type { MailAddress } from '../../../../shared/ids';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { isFloodedBy } from './assess-key';
import type { RawKey } from './key-block';
import { userIdPacket } from './onion-certifying-key';
import type { PublicKeyPacket } from '../packets/openpgp-library';
import { SIGNATURE, claimsIssuer, createdAt, verifies } from '../packets/signatures';

/**
 * When the onion last took its certification of `key` back (0x30), in milliseconds. Only the onion may move the floor
 * below which certifications of its address are out of date: a revocation by the key itself says nothing of other keys.
 */
export async function onionRevocation(
  raw: RawKey,
  key: PublicKeyPacket,
  o: { readonly certifier: PublicKeyPacket; readonly address: MailAddress; readonly now: number },
): Promise<number | undefined> {
  const [userId] = raw.userIds;
  const text = userId && Buffer.from(userId.packet.body).toString();
  if (userId === undefined || text === undefined || (text !== `<${o.address}>` && text !== o.address)) return undefined;
  if (isFloodedBy(userId.signatures, o.certifier)) return undefined;
  const newestFirst = userId.signatures
    .filter((each) => each.type === SIGNATURE.certificationRevocation && claimsIssuer(each, o.certifier))
    .filter((each) => createdAt(each) <= o.now + MAX_CLOCK_SKEW_MS)
    .sort((a, b) => createdAt(b) - createdAt(a));
  const over = { key, userID: userIdPacket(text) };
  for (const signature of newestFirst) {
    if (await verifies(signature, { key: o.certifier, type: SIGNATURE.certificationRevocation, over }))
      return createdAt(signature);
  }
  return undefined;
}
