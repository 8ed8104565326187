import type { MailAddress } from '../../../../shared/ids';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { isFloodedBy, newestValid } from './assess-key';
import type { RawKey, RawPart } from './key-block';
import { userIdPacket } from './onion-certifying-key';
import { userIdAddress } from './user-id-address';
import type { PublicKeyPacket } from '../packets/openpgp-library';
import { SIGNATURE, claimsIssuer, createdAt, type RawSignature } from '../packets/signatures';

/** What an onion has signed about a key that is refused. */
export type OnionWord = {
  /** It has certified this key for this address, at whatever time, or taken that back. */
  readonly isOfAddress: boolean;
  /**
   * When it last took the certification back (0x30), in milliseconds. Only the onion may move the floor below which
   * certifications of its address are out of date: a revocation by the key itself says nothing of other keys.
   */
  readonly revokedAt?: number;
};

/** Verifies what the onion of `o.address` has signed over `key` and the one User ID that stands beside it. */
export async function onionWordOn(
  raw: RawKey,
  key: PublicKeyPacket,
  o: { readonly certifier: PublicKeyPacket; readonly address: MailAddress; readonly now: number },
): Promise<OnionWord> {
  const [userId] = raw.userIds;
  if (userId === undefined || !isUserIdOf(userId, o.address) || isFloodedBy(userId.signatures, o.certifier))
    return { isOfAddress: false };
  const claimed = userId.signatures.filter((each) => claimsIssuer(each, o.certifier));
  const over = { key, userID: userIdPacket(textOf(userId)) };
  const newest = (signatures: readonly RawSignature[]): Promise<RawSignature | undefined> =>
    newestValid(signatures, { key: o.certifier, over });
  const revocation = await newest(
    claimed
      .filter(({ type }) => type === SIGNATURE.certificationRevocation)
      .filter((each) => createdAt(each) <= o.now + MAX_CLOCK_SKEW_MS),
  );
  if (revocation !== undefined) return { isOfAddress: true, revokedAt: createdAt(revocation) };
  return { isOfAddress: (await newest(claimed.filter(({ type }) => type === SIGNATURE.positive))) !== undefined };
}

/** Whether a User ID is for this address and no other (`userIdAddress`). */
export function isUserIdOf(userId: RawPart, address: MailAddress): boolean {
  return userIdAddress(textOf(userId)) === address;
}

function textOf({ packet }: RawPart): string {
  return Buffer.from(packet.body).toString();
}
