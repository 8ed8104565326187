import type { Fingerprint } from '../../../../shared/ids';
import type { TrustCertification, TrustInput, TrustKey } from '../../domain/trust/trust-model';
import { certifyingSecretKey, userIdPacket } from '../keys/onion-certifying-key';
import { enums, type AnySecretKeyPacket, type SignaturePacket } from '../packets/openpgp-library';
import { TAG, joinPackets, type Packet } from '../packets/packet-framing';
import { SIGNATURE, makeSignature } from '../packets/signatures';

/** A certification as `TrustInput` has it, with the order number of its keys in the pool in place of fingerprints. */
export type TestCertification = Omit<TrustCertification, 'issuer' | 'subject'> & {
  readonly from: number;
  readonly to: number;
};

/** A web of trust over keys of the pool: what the engine gets, and what gpg gets. */
export type TestRing = {
  readonly input: TrustInput;
  /** Transferable public keys, their packets in the order of the certifications. */
  readonly block: Uint8Array;
  /** For `--import-ownertrust`. */
  readonly ownerTrust: string;
};

export type TestWeb = {
  readonly now: number;
  readonly keys: readonly { readonly expiresAt?: number; readonly revoked?: boolean }[];
  readonly certifications: readonly TestCertification[];
  readonly ownerTrust: ReadonlyMap<number, 'ultimate' | 'full' | 'marginal' | 'never'>;
};

/** Keys that are made once, and every signature they make, once. */
export type TestPool = { readonly userIds: readonly string[]; ring(web: TestWeb): Promise<TestRing> };

type PoolKey = {
  readonly secret: AnySecretKeyPacket;
  readonly body: Uint8Array;
  readonly fingerprint: Fingerprint;
  readonly userId: string;
};

/** The creation time of the pool's keys: that of the onion certifying key, as which they are made. */
export const POOL_KEYS_CREATED = Date.UTC(2020, 0, 1);

/** Numbers in gpg's format of ownertrust. */
const GPG_OWNER_TRUST = { never: 3, marginal: 4, full: 5, ultimate: 6 } as const;

export async function makeTestPool(userIds: readonly string[]): Promise<TestPool> {
  const keys = await Promise.all(userIds.map((userId, number) => makePoolKey(userId, number)));
  const made = new Map<string, Promise<Uint8Array>>();
  const once = (name: readonly unknown[], make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const id = JSON.stringify(name);
    const known = made.get(id) ?? make();
    made.set(id, known);
    return known;
  };
  const keyAt = (number: number): PoolKey => {
    const key = keys[number];
    if (key === undefined) throw new RangeError('the pool has no such key');
    return key;
  };

  async function keyPackets(web: TestWeb, number: number): Promise<Packet[]> {
    const key = keyAt(number);
    const { expiresAt, revoked = false } = web.keys[number] ?? {};
    const own = await once(['self', number, expiresAt], () => selfSignature(key, expiresAt));
    const revocations = revoked ? [await once(['revoked', number], () => keyRevocation(key))] : [];
    const others = web.certifications.filter(({ to }) => to === number);
    const bodies = await Promise.all(others.map((one) => once([one], () => certification(keyAt(one.from), key, one))));
    return [
      { tag: TAG.publicKey, body: key.body },
      ...revocations.map(signaturePacket),
      { tag: TAG.userId, body: userIdPacket(key.userId).write() },
      ...[own, ...bodies].map(signaturePacket),
    ];
  }

  return {
    userIds,
    async ring(web) {
      const packets = await Promise.all(web.keys.map((_, number) => keyPackets(web, number)));
      return { input: inputOf(web, keyAt), block: joinPackets(packets.flat()), ownerTrust: ownerTrustOf(web, keyAt) };
    },
  };
}

async function makePoolKey(userId: string, number: number): Promise<PoolKey> {
  const seed = new Uint8Array(32).fill(77);
  new DataView(seed.buffer).setUint32(0, number);
  const secret = await certifyingSecretKey(seed);
  // Not among the declared types.
  const body = (secret as unknown as { writePublicKey(): Uint8Array }).writePublicKey();
  return { secret, body, fingerprint: secret.getFingerprint().toUpperCase() as Fingerprint, userId };
}

const signaturePacket = (body: Uint8Array): Packet => ({ tag: TAG.signature, body });

async function selfSignature(key: PoolKey, expiresAt: number | undefined): Promise<Uint8Array> {
  const set = (fields: SignaturePacket): void => {
    fields.keyFlags = Uint8Array.of(enums.keyFlags.certifyKeys);
    fields.isPrimaryUserID = true;
    if (expiresAt === undefined) return;
    fields.keyExpirationTime = (expiresAt - POOL_KEYS_CREATED) / 1000;
    fields.keyNeverExpires = false;
  };
  const over = { key: key.secret, userID: userIdPacket(key.userId) };
  return (await makeSignature({ key: key.secret, type: SIGNATURE.positive, over, at: POOL_KEYS_CREATED, set })).body;
}

async function keyRevocation(key: PoolKey): Promise<Uint8Array> {
  return (
    await makeSignature({
      key: key.secret,
      type: SIGNATURE.keyRevocation,
      over: { key: key.secret },
      at: POOL_KEYS_CREATED + 1000,
    })
  ).body;
}

async function certification(issuer: PoolKey, subject: PoolKey, one: TestCertification): Promise<Uint8Array> {
  const type = one.kind === 'revocation' ? SIGNATURE.certificationRevocation : 0x10 + one.level;
  const over = { key: subject.secret, userID: userIdPacket(subject.userId) };
  return (
    await makeSignature({ key: issuer.secret, type, over, at: one.createdAt, set: (fields) => setFields(fields, one) })
  ).body;
}

function setFields(fields: SignaturePacket, { createdAt, expiresAt, trust }: TestCertification): void {
  if (expiresAt !== undefined) {
    fields.signatureExpirationTime = (expiresAt - createdAt) / 1000;
    fields.signatureNeverExpires = false;
  }
  if (trust === undefined) return;
  Object.assign(fields, { trustLevel: trust.depth, trustAmount: trust.amount });
  // Ends in a zero octet (RFC 9580, 5.2.3.22).
  if (trust.regex !== undefined)
    Object.assign(fields, { regularExpression: Buffer.from(`${trust.regex}\0`, 'latin1') });
}

function inputOf(web: TestWeb, keyAt: (number: number) => PoolKey): TrustInput {
  const keys = web.keys.map(({ expiresAt, revoked = false }, number): TrustKey => {
    const { fingerprint, userId } = keyAt(number);
    return { fingerprint, userId, revoked, ...(expiresAt !== undefined && { expiresAt }) };
  });
  // What is dated before the key that made it is not verified (`verifyCertifications`), so the engine never sees it.
  const verified = web.certifications.filter(({ createdAt }) => createdAt >= POOL_KEYS_CREATED);
  const certifications = verified.map(({ from, to, ...rest }) => ({
    ...rest,
    issuer: keyAt(from).fingerprint,
    subject: keyAt(to).fingerprint,
  }));
  return {
    now: web.now,
    keys,
    certifications,
    ownerTrust: new Map([...web.ownerTrust].map(([number, trust]) => [keyAt(number).fingerprint, trust])),
  };
}

function ownerTrustOf(web: TestWeb, keyAt: (number: number) => PoolKey): string {
  return [...web.ownerTrust]
    .map(([number, trust]) => `${keyAt(number).fingerprint}:${GPG_OWNER_TRUST[trust]}:\n`)
    .join('');
}
