import { PosthornError } from '../../../../shared/errors';
import type { GuestKeyProblem } from '../../../../shared/guests/guest-key';
import { present } from '../../../../shared/present';
import { MAX_KEYS_IN_BLOCK, MAX_KEY_BLOCK_BYTES, MAX_KEY_BLOCK_PACKETS } from '../../domain/key-limits';
import type { KeyRefusal } from '../../domain/refusals';
import type { GuestPgp } from '../../ports/guest-pgp';
import { decodeArmor, looksArmored } from '../packets/armor';
import { TAG, concatBytes, splitPackets } from '../packets/packet-framing';
import { createdAt } from '../packets/signatures';
import { assessKey, type AssessedKey } from './assess-key';
import { checkKeyBlock, cutDown, fingerprintOf } from './check-key-block';
import { readKeyBlock, readPrimaryKey, type RawKey } from './key-block';
import { issueOnionCertification } from './onion-certification';
import { seedBelongsTo } from './onion-certifying-key';
import { isUserIdOf } from './onion-word';

type Question = Parameters<GuestPgp['certifyGuestKey']>[0];
type Answer = Awaited<ReturnType<GuestPgp['certifyGuestKey']>>;

const refused = (problem: GuestKeyProblem): Extract<Answer, { outcome: 'refused' }> => ({
  outcome: 'refused',
  problem,
});

/**
 * Certifies the key that a guest's own program has made, as `GuestPgp` says.
 * @throws PosthornError `address-invalid` when seed and address do not belong together
 */
export async function certifyGuestKey(o: Question): Promise<Answer> {
  if (!seedBelongsTo(o.onionSeed, o.address)) {
    throw new PosthornError('address-invalid', 'The onion is not that of the address. No key was certified.');
  }
  const binary = binaryOf(o.block);
  if (binary === undefined) return refused('unreadable');
  if (binary === 'secret') return refused('secret-key');
  const [raw, ...others] = readKeyBlock(binary) ?? [];
  if (raw === undefined) return refused('unreadable');
  if (others.length > 0) return refused('several-keys');
  return certifyOne(raw, o);
}

async function certifyOne(raw: RawKey, o: Question): Promise<Answer> {
  const problem = await problemOfForm(raw, o);
  if (problem !== undefined) return refused(problem);
  const assessment = await assessKey(raw, o.now);
  if (assessment.outcome === 'refused') return refused(problemOf(assessment.reason));
  const { key } = assessment;
  if (key.encryption === undefined) return refused('cannot-encrypt');
  if (!key.primarySigns && key.signingSubkeys.length === 0) return refused('cannot-sign');
  return issue(raw, key, o);
}

/** What is told before the key is judged by its signatures. */
async function problemOfForm(raw: RawKey, { address }: Question): Promise<GuestKeyProblem | undefined> {
  if ((await readPrimaryKey(raw.primary)) === undefined) return 'kind-not-supported';
  const [userId] = raw.userIds;
  if (userId === undefined || raw.userIds.length > 1 || raw.userAttributes > 0) return 'several-names';
  return isUserIdOf(userId, address) ? undefined : 'other-address';
}

async function issue(raw: RawKey, key: AssessedKey, o: Question): Promise<Answer> {
  const { primary, userId } = key;
  // GnuPG does not take a certification that is older than the key.
  const at = Math.max(o.certifiedAt, primary.created.getTime());
  const onion = await issueOnionCertification({ onionSeed: o.onionSeed, key: primary, userId, now: at });
  const publicKey = cutDown(raw, key, [key.selfCertification, onion]);
  // As every receiver will: what would be refused there is no use here.
  const check = await checkKeyBlock({ block: publicKey, address: o.address, now: o.now });
  if (check.outcome === 'refused') return refused(problemOf(check.reason));
  return {
    outcome: 'certified',
    publicKey: check.publicKey,
    fingerprint: fingerprintOf(primary),
    certifiedAt: createdAt(onion),
    ...present({ expiresAt: key.expiresAt === Infinity ? undefined : key.expiresAt }),
  };
}

/** A file with a secret key is told from one that cannot be read: it must not be given to anybody. */
function binaryOf(block: Uint8Array): Uint8Array | 'secret' | undefined {
  if (block.length > MAX_KEY_BLOCK_BYTES) return undefined;
  if (looksArmored(block)) {
    if (Buffer.from(block).includes('-----BEGIN PGP PRIVATE KEY BLOCK-----')) return 'secret';
    const decoded = decodeArmor(block, 'PGP PUBLIC KEY BLOCK', MAX_KEYS_IN_BLOCK);
    return decoded && orSecret(concatBytes(decoded));
  }
  return orSecret(block);
}

function orSecret(binary: Uint8Array): Uint8Array | 'secret' {
  const [first] = splitPackets(binary, MAX_KEY_BLOCK_PACKETS) ?? [];
  return first?.tag === TAG.secretKey ? 'secret' : binary;
}

const PROBLEMS: Readonly<Partial<Record<KeyRefusal, GuestKeyProblem>>> = {
  'not-one-user-id': 'several-names',
  'user-id-differs': 'other-address',
  'weak-hash': 'weak-hash',
  'key-expired': 'expired',
  'key-revoked': 'revoked',
  'certification-future': 'from-the-future',
  'no-encryption-key': 'cannot-encrypt',
};

function problemOf(reason: KeyRefusal): GuestKeyProblem {
  return PROBLEMS[reason] ?? 'unreadable';
}
