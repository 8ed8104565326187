import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { MAX_KEYS_IN_BLOCK, MAX_KEY_BLOCK_BYTES } from '../../domain/key-limits';
import type { KeyRefusal } from '../../domain/refusals';
import { refusalRank } from '../../domain/refusal-order';
import type { KeyCheck, RevokedKey } from '../../ports/pgp';
import { decodeArmor, looksArmored } from '../packets/armor';
import { assessKey, isCostly, refused, type AssessedKey } from './assess-key';
import { readKeyBlock, readPrimaryKey, writeKeyBlock, type RawKey } from './key-block';
import { judgeOnionCertifications } from './onion-certification';
import { isUserIdOf, onionWordOn } from './onion-word';
import { certifyingKeyOf } from './onion-certifying-key';
import type { AnyKeyPacket, PublicKeyPacket } from '../packets/openpgp-library';
import { concatBytes } from '../packets/packet-framing';

type Question = {
  readonly block: Uint8Array;
  readonly address: MailAddress;
  readonly now: number;
  readonly newestSeen?: number;
};

/**
 * Strict check of an untrusted key block, binary or armored, by the address alone (PROTOCOL.md 2). Of several keys in
 * the block the one with the newest valid certification counts, unless another copy of it is revoked; when none is
 * certified the answer is the reason of the key that bears the address. Revoked keys beside it are named.
 */
export async function checkKeyBlock(question: Question): Promise<KeyCheck> {
  const keys = readUntrusted(question.block);
  if (keys === undefined || keys.length > MAX_KEYS_IN_BLOCK) return refused('unreadable');
  const certifier = await certifyingKeyOf(question.address);
  if (await isCostly(keys, certifier)) return refused('unreadable');
  const checks: KeyCheck[] = [];
  for (const key of keys) checks.push(await checkOneKey(key, certifier, question));
  return withRevoked(checks);
}

/** What the onion has certified in one copy of a key, it has certified of the copy that is revoked, too. */
function withRevoked(checks: readonly KeyCheck[]): KeyCheck {
  const certified = new Set(checks.flatMap((check) => (check.outcome === 'certified' ? [check.fingerprint] : [])));
  const revoked = checks
    .flatMap(revokedBy)
    .map((key): RevokedKey => (certified.has(key.fingerprint) ? { ...key, isOfAddress: true } : key));
  const best = bestOf(checks.map((check) => orRevoked(check, revoked)));
  const said = best.outcome === 'refused' && best.reason === 'key-revoked' ? best.fingerprint : undefined;
  const others = revoked.filter(({ fingerprint }) => fingerprint !== said);
  return others.length === 0 ? best : { ...best, revoked: others };
}

function revokedBy(check: KeyCheck): RevokedKey[] {
  if (check.outcome === 'certified' || check.reason !== 'key-revoked' || check.fingerprint === undefined) return [];
  const { fingerprint, isOfAddress, revokedAt } = check;
  return [{ fingerprint, ...present({ isOfAddress, revokedAt }) }];
}

function orRevoked(check: KeyCheck, revoked: readonly RevokedKey[]): KeyCheck {
  const found = revoked.find(({ fingerprint }) => fingerprint === check.fingerprint);
  return found === undefined ? check : { outcome: 'refused', reason: 'key-revoked', ...found };
}

function readUntrusted(block: Uint8Array): RawKey[] | undefined {
  if (block.length > MAX_KEY_BLOCK_BYTES) return undefined;
  if (!looksArmored(block)) return readKeyBlock(block);
  const decoded = decodeArmor(block, 'PGP PUBLIC KEY BLOCK', MAX_KEYS_IN_BLOCK);
  return decoded && readKeyBlock(concatBytes(decoded));
}

async function checkOneKey(raw: RawKey, certifier: PublicKeyPacket, question: Question): Promise<KeyCheck> {
  // First: what a key of somebody else says of itself is nothing to this address.
  if (!mayBear(raw, question.address)) return refused('user-id-differs');
  const assessment = await assessKey(raw, question.now);
  if (assessment.outcome === 'refused') return withFacts(assessment, raw, { ...question, certifier });
  const { key } = assessment;
  const certification = await judgeOnionCertifications({
    signatures: raw.userIds[0]?.signatures ?? [],
    certifier,
    key: key.primary,
    userId: key.userId,
    now: question.now,
    newestSeen: question.newestSeen,
  });
  if (certification.outcome === 'refused') return withFacts(certification, raw, { ...question, certifier });
  if (key.encryption === undefined) return refused('no-encryption-key');
  const { certifiedAt } = certification;
  const expiresAt = Math.min(certification.expiresAt, key.expiresAt);
  const publicKey = cutDown(raw, key, [key.selfCertification, certification.signature]);
  return {
    outcome: 'certified',
    fingerprint: fingerprintOf(key.primary),
    certifiedAt,
    expiresAt,
    sealsTo: fingerprintOf(key.encryption.key),
    publicKey,
  };
}

type Refused = Extract<KeyCheck, { outcome: 'refused' }>;

/** A key without a User ID, or with several, is refused for that. */
function mayBear(raw: RawKey, address: MailAddress): boolean {
  const [userId] = raw.userIds;
  return raw.userIds.length !== 1 || userId === undefined || isUserIdOf(userId, address);
}

const OF_THE_KEY: ReadonlySet<KeyRefusal> = new Set<KeyRefusal>([
  'key-revoked',
  'key-expired',
  'certification-expired',
]);

/**
 * The refusal names the key, so that what is replayed of an older key does not affect the present one, and says of a
 * revoked one whether the onion ever signed for it.
 */
async function withFacts(
  refusal: Refused,
  raw: RawKey,
  o: Question & { readonly certifier: PublicKeyPacket },
): Promise<Refused> {
  const primary = OF_THE_KEY.has(refusal.reason) ? await readPrimaryKey(raw.primary) : undefined;
  if (primary === undefined) return refusal;
  const named = { ...refusal, fingerprint: fingerprintOf(primary) };
  if (refusal.reason !== 'key-revoked') return named;
  const { isOfAddress, revokedAt } = await onionWordOn(raw, primary, o);
  return { ...named, ...(isOfAddress ? { isOfAddress } : {}), ...present({ revokedAt }) };
}

/** The block with only the packets and signatures that were just verified. */
export function cutDown(raw: RawKey, key: AssessedKey, onUserId: AssessedKey['selfCertification'][]): Uint8Array {
  const userId = { tag: 13, body: key.userId.write() };
  const subkeys = key.encryption === undefined ? key.signingSubkeys : [key.encryption, ...key.signingSubkeys];
  return writeKeyBlock([
    { packet: raw.primary.packet, signatures: [] },
    { packet: userId, signatures: onUserId },
    ...subkeys.map((subkey) => subkey.part),
  ]);
}

function bestOf(checks: readonly KeyCheck[]): KeyCheck {
  let best: KeyCheck = refused('unreadable');
  for (const check of checks) if (rank(check) > rank(best)) best = check;
  return best;
}

/** Newest certification first; then the refusal that says most; an unreadable key says nothing. */
function rank(check: KeyCheck): number {
  if (check.outcome === 'certified') return check.certifiedAt;
  return check.reason === 'unreadable' ? -Infinity : -1 - refusalRank(check.reason);
}

/** 40 upper-case hexadecimal digits. */
export function fingerprintOf(key: AnyKeyPacket): Fingerprint {
  return key.getFingerprint().toUpperCase() as Fingerprint;
}
