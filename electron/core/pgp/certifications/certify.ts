import { PosthornError, refused } from '../../../../shared/errors';
import type { CertificationLevel, IntroducerTrust } from '../../../../shared/trust';
import type { ReadCertification } from '../../ports/certification-pgp';
import type { PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import { readCertificationFields } from './certification-fields';
import { fingerprintOfBody } from '../keys/key-walker';
import { oneKey, userIdOf } from './merge-certifications';
import { PublicKeyPacket, UserIDPacket, enums, type SignaturePacket } from '../packets/openpgp-library';
import { certificationOf } from './read-certifications';
import { readSecretKeyBlock } from '../keys/secret-key-block';
import { SIGNATURE, makeSignature } from '../packets/signatures';

export type Trust = IntroducerTrust & { readonly regex?: string };

const TYPES: Readonly<Record<CertificationLevel, number>> = { positive: 0x13, casual: 0x12 };

/** GnuPG's amounts for full and marginal trust (RFC 9580, 5.2.3.21). */
const AMOUNTS: Readonly<Record<IntroducerTrust['amount'], number>> = { full: 120, marginal: 60 };

/**
 * Certifies the one User ID of `subject`: 0x13, or 0x12 for `casual`, SHA-512, not exportable unless said (RFC 9580,
 * 5.2.3.19), and with `trust` a trust signature whose regular expression ends with NUL as RFC 9580, 5.2.3.22 wants it.
 * Milliseconds, cut to seconds.
 * @throws PosthornError `key-refused` when `subject` is not one key with one User ID; `trust-refused` when it would
 *   have ended already
 */
export function certify(o: {
  secretKey: SecretKeyBlock;
  subject: PublicKeyBlock;
  level: CertificationLevel;
  exportable: boolean;
  expiresAt?: number;
  trust?: Trust;
  now: number;
}): Promise<ReadCertification> {
  const lifetime = o.expiresAt === undefined ? undefined : Math.floor(o.expiresAt / 1000) - Math.floor(o.now / 1000);
  if (lifetime !== undefined && (lifetime <= 0 || lifetime > 0xffffffff)) return Promise.reject(ended());
  return sign(o, TYPES[o.level], (fields, at) => {
    if (o.expiresAt !== undefined) fields.signatureExpirationTime = secondsFrom(at, o.expiresAt);
    if (o.trust !== undefined) setTrust(fields, o.trust);
  });
}

/**
 * Revokes every earlier certification of `subject` by this key (0x30), for no given reason. Throws as `certify` does.
 */
export function revokeCertification(o: {
  secretKey: SecretKeyBlock;
  subject: PublicKeyBlock;
  exportable: boolean;
  now: number;
}): Promise<ReadCertification> {
  return sign(o, SIGNATURE.certificationRevocation, (fields) => {
    fields.reasonForRevocationFlag = enums.reasonForRevocation.noReason;
    fields.reasonForRevocationString = '';
  });
}

function secondsFrom(start: number, end: number): number {
  return Math.max(1, Math.floor(end / 1000) - Math.floor(start / 1000));
}

function setTrust(fields: SignaturePacket, trust: Trust): void {
  fields.trustLevel = trust.depth;
  fields.trustAmount = AMOUNTS[trust.amount];
  if (trust.regex === undefined) return;
  // The library writes octets here, whatever its types say.
  Object.assign(fields, { regularExpression: new TextEncoder().encode(`${trust.regex}\0`) });
}

async function sign(
  o: {
    readonly secretKey: SecretKeyBlock;
    readonly subject: PublicKeyBlock;
    readonly exportable: boolean;
    readonly now: number;
  },
  type: number,
  set: (fields: SignaturePacket, at: number) => void,
): Promise<ReadCertification> {
  const subject = oneKey(o.subject);
  const userID = new UserIDPacket();
  userID.read(userIdOf(subject));
  const { primary } = await readSecretKeyBlock(o.secretKey);
  const key = await readSubjectKey(subject.primary.body);
  // Callers give the start of a day, and no program takes a signature that is older than one of its keys.
  const at = Math.max(o.now, key.created.getTime(), primary.created.getTime());
  const { body } = await makeSignature({
    key: primary,
    type,
    over: { key, userID },
    at,
    set: (fields) => {
      // Absent is «exportable» (RFC 9580, 5.2.3.19).
      if (!o.exportable) fields.exportable = false;
      set(fields, at);
    },
  });
  const fields = readCertificationFields(body);
  if (fields === undefined)
    throw new PosthornError('internal', 'The certification could not be made. Nothing was changed.');
  return certificationOf(fields, fingerprintOfBody(subject.primary.body));
}

async function readSubjectKey(body: Uint8Array): Promise<PublicKeyPacket> {
  const packet = new PublicKeyPacket();
  try {
    await packet.read(body);
  } catch (cause) {
    throw new PosthornError('key-refused', 'The key is not one that can be vouched for. Nothing was changed.', {
      cause,
    });
  }
  return packet;
}

function ended(): PosthornError {
  return refused('trust-refused', 'day-past', 'A certification must end later than now. Nothing was changed.');
}
