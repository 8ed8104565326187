import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { KeyRefusal } from '../../domain/refusals';
import { isFloodedBy, newestValid, refused } from './assess-key';
import { certifyingSecretKey } from './onion-certifying-key';
import type { PublicKeyPacket, UserIDPacket } from '../packets/openpgp-library';
import {
  SIGNATURE,
  claimsIssuer,
  createdAt,
  expiresAt,
  hasStrongHash,
  makeSignature,
  verifies,
  type RawSignature,
} from '../packets/signatures';
import { DAY_MS } from '../../domain/time';

/** How long a certification lasts; receivers refuse one that claims more than a leap year (PROTOCOL.md 2). */
const LIFETIME_MS = 365 * DAY_MS;
const MAX_LIFETIME_MS = 366 * DAY_MS;

export type CertificationJudgement =
  | {
      readonly outcome: 'valid';
      readonly signature: RawSignature;
      readonly certifiedAt: number;
      readonly expiresAt: number;
    }
  | { readonly outcome: 'refused'; readonly reason: KeyRefusal };

/** The onion key signs the User ID: type 0x13, SHA-512, from `now` (milliseconds) for one year. */
export async function issueOnionCertification(o: {
  readonly onionSeed: Uint8Array;
  readonly key: PublicKeyPacket;
  readonly userId: UserIDPacket;
  readonly now: number;
}): Promise<RawSignature> {
  return makeSignature({
    key: await certifyingSecretKey(o.onionSeed),
    type: SIGNATURE.positive,
    over: { key: o.key, userID: o.userId },
    at: o.now,
    set: (fields) => {
      fields.signatureExpirationTime = LIFETIME_MS / 1000;
      fields.signatureNeverExpires = false;
    },
  });
}

/**
 * The newest certification of `key` and its User ID by the onion's certifying key, judged at `now`. A certification
 * revocation (0x30) by the onion that is not older than it ends the key's life under this address.
 * @param newestSeen the highest creation time ever seen for the address, in milliseconds
 */
export async function judgeOnionCertifications(o: {
  readonly signatures: readonly RawSignature[];
  readonly certifier: PublicKeyPacket;
  readonly key: PublicKeyPacket;
  readonly userId: UserIDPacket;
  readonly now: number;
  readonly newestSeen?: number | undefined;
}): Promise<CertificationJudgement> {
  if (isFloodedBy(o.signatures, o.certifier)) return refused('unreadable');
  const claimed = o.signatures.filter((signature) => claimsIssuer(signature, o.certifier));
  const revocations = claimed.filter((signature) => isType(signature, SIGNATURE.certificationRevocation));
  const certifications = claimed.filter((signature) => isType(signature, SIGNATURE.positive));
  const over = { key: o.key, userID: o.userId };
  const newest = await newestValid(certifications, { key: o.certifier, over });
  if (await isRevoked(revocations, { key: o.certifier, over, since: newest })) return refused('key-revoked');
  if (newest === undefined) return refused(reasonForNone(claimed, certifications));
  return judgeTimes(newest, o.now, o.newestSeen);
}

function reasonForNone(claimed: readonly RawSignature[], certifications: readonly RawSignature[]): KeyRefusal {
  if (claimed.length === 0) return 'not-certified';
  if (certifications.length === 0) return 'certification-wrong-type';
  return certifications.some((signature) => !hasStrongHash(signature)) ? 'weak-hash' : 'certification-invalid';
}

async function isRevoked(
  revocations: readonly RawSignature[],
  o: { readonly key: PublicKeyPacket; readonly over: object; readonly since: RawSignature | undefined },
): Promise<boolean> {
  const from = o.since === undefined ? 0 : createdAt(o.since);
  for (const revocation of revocations) {
    if (createdAt(revocation) < from) continue;
    if (await verifies(revocation, { key: o.key, type: SIGNATURE.certificationRevocation, over: o.over })) return true;
  }
  return false;
}

function judgeTimes(signature: RawSignature, now: number, newestSeen: number | undefined): CertificationJudgement {
  const certifiedAt = createdAt(signature);
  const expires = expiresAt(signature);
  if (signature.fields.exportable === false) return refused('certification-not-exportable');
  if (certifiedAt > now + MAX_CLOCK_SKEW_MS) return refused('certification-future');
  if (expires - certifiedAt > MAX_LIFETIME_MS) return refused('certification-invalid');
  // Before its expiry: what is out of date says nothing of the key that is certified now.
  if (newestSeen !== undefined && certifiedAt < newestSeen) return refused('rolled-back');
  if (expires <= now) return refused('certification-expired');
  return { outcome: 'valid', signature, certifiedAt, expiresAt: expires };
}

function isType(signature: RawSignature, type: number): boolean {
  return signature.type === type;
}
