import type { RevocationReason } from '../../../../shared/key-life';
import { present } from '../../../../shared/present';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { KeyLifePgp, OwnKeyFacts } from '../../ports/key-life-pgp';
import type { IdentityKeys } from '../../ports/keys';
import { fingerprintOf } from './check-key-block';
import { generateIdentityKeys, recertify } from './identity-key';
import { readKeyBlock, writeKeyBlock, type RawKey, type RawPart } from './key-block';
import { certifyingKeyOf, certifyingSecretKey, seedBelongsTo, userIdPacket } from './onion-certifying-key';
import { PublicSubkeyPacket, enums, generateKey } from '../packets/openpgp-library';
import { PROFILE } from '../packets/openpgp-profile';
import {
  bindSubkey,
  isRevoked,
  mismatch,
  newestOf,
  openOwnKey,
  ownCertifications,
  secretsAlone,
  writeOwnKey,
  type OwnKey,
  type OwnSubkey,
} from './own-key';
import { TAG, type Packet } from '../packets/packet-framing';
import { selfSignature } from './self-signature';
import { SIGNATURE, claimsIssuer, createdAt, expiresAt, makeSignature, type RawSignature } from '../packets/signatures';
import { DAY_MS } from '../../domain/time';

type Change<M extends keyof KeyLifePgp> = Parameters<KeyLifePgp[M]>[0];

/**
 * Old subkeys that stay in the public block, marked as expired, so that programs which refresh a key stop using them.
 */
const SHOWN_OLD_SUBKEYS = 3;

/** RFC 9580, 5.2.3.31. */
const REASONS = {
  superseded: enums.reasonForRevocation.keySuperseded,
  compromised: enums.reasonForRevocation.keyCompromised,
  retired: enums.reasonForRevocation.keyRetired,
} as const satisfies Record<RevocationReason, unknown>;

/** The facts that an own key states about itself. @throws PosthornError `address-invalid` */
export async function readOwnKey(o: Change<'readOwnKey'>): Promise<OwnKeyFacts> {
  const own = await openOwnKey(o);
  const certifier = await certifyingKeyOf(o.address);
  const certification = newestOf(
    own.userId.signatures.filter((each) => each.type === SIGNATURE.positive && claimsIssuer(each, certifier)),
  );
  const [subkey] = own.encryption;
  if (certification === undefined || subkey === undefined) throw mismatch();
  const ends = keyExpiry(own);
  return {
    createdAt: own.publicPrimary.created.getTime(),
    ...present({ expiresAt: ends }),
    revoked: isRevoked(own),
    certificationExpiresAt: expiresAt(certification),
    subkey: { fingerprint: fingerprintOf(subkey.key), createdAt: subkey.key.created.getTime() },
  };
}

function keyExpiry(own: OwnKey): number | undefined {
  const seconds = own.selfCertification.fields.keyExpirationTime ?? 0;
  return seconds === 0 ? undefined : own.publicPrimary.created.getTime() + seconds * 1000;
}

/**
 * Sets the expiry of the key by a new self-signature from `now`, which has to be later than the one before.
 * @throws PosthornError `address-invalid`
 */
export async function renewKey(o: Change<'renewKey'>): Promise<IdentityKeys> {
  const own = await openOwnKey(o);
  const { expiresAt: end } = o;
  const self = await selfSignature({
    primary: own.primary,
    address: o.address,
    at: o.now,
    ...present({ expiresAt: end }),
  });
  const before = new Set(ownCertifications(own.userId, own.publicPrimary));
  const userId = {
    packet: own.userId.packet,
    signatures: [self, ...own.userId.signatures.filter((each) => !before.has(each))],
  };
  return recertify({
    ...o,
    keys: await writeOwnKey({ primary: own.raw.primary, userId, subkeys: own.raw.subkeys, secrets: own.secrets }),
  });
}

/**
 * A new encryption subkey. Those before stay in the block as expired at `now`, because gpg keeps a subkey that it has
 * once seen. Dated to the day like every key here, but always later than the one before: the newest is what senders
 * choose.
 * @throws PosthornError `address-invalid`
 */
export async function rotateSubkey(o: Change<'rotateSubkey'>): ReturnType<KeyLifePgp['rotateSubkey']> {
  const own = await openOwnKey(o);
  const [current] = own.encryption;
  if (current === undefined || !seedBelongsTo(o.onionSeed, o.address)) throw mismatch();
  const made = await makeSubkey(own, o, current);
  const ended = await Promise.all(own.encryption.map((each) => endSubkey(own, each, o.now)));
  const endedBefore = own.raw.subkeys.filter((part) => own.encryption.every((each) => each.part !== part));
  const keys = await writeOwnKey({
    primary: own.raw.primary,
    userId: own.userId,
    subkeys: [made.part, ...[...ended, ...endedBefore].slice(0, SHOWN_OLD_SUBKEYS)],
    secrets: [...own.secrets.filter(({ tag }) => tag === TAG.secretKey), made.secret],
  });
  const retired = {
    fingerprint: fingerprintOf(current.key),
    kind: 'subkey',
    retiredAt: o.now,
    secretKey: secretsAlone(own, own.encryption),
  } as const;
  return { keys: await recertify({ ...o, keys }), retired };
}

async function makeSubkey(
  own: OwnKey,
  o: Change<'rotateSubkey'>,
  current: OwnSubkey,
): Promise<{ part: RawPart; secret: Packet }> {
  const before = current.key.created.getTime();
  // A subkey dated far ahead, by a wrong clock, does not count: no sender uses it yet.
  const created = Math.max(o.now - (o.now % DAY_MS), before > o.now + MAX_CLOCK_SKEW_MS ? 0 : before + 1000);
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: { email: o.address },
    date: new Date(created),
    format: 'object',
    config: PROFILE,
  });
  const [fresh] = privateKey.toPublic().subkeys;
  const [secret] = privateKey.subkeys;
  if (fresh === undefined || secret === undefined) throw mismatch();
  const subkey = new PublicSubkeyPacket();
  await subkey.read(fresh.keyPacket.write());
  const binding = await bindSubkey({ primary: own.primary, subkey, at: created });
  return {
    part: { packet: { tag: TAG.publicSubkey, body: subkey.write() }, signatures: [binding] },
    secret: { tag: TAG.secretSubkey, body: secret.keyPacket.write() },
  };
}

async function endSubkey(own: OwnKey, subkey: OwnSubkey, now: number): Promise<RawPart> {
  // Later than the binding that it takes the place of, even when the clock went back.
  const before = newestOf(subkey.part.signatures);
  const at = Math.max(now, before === undefined ? 0 : createdAt(before) + 1000);
  const binding = await bindSubkey({ primary: own.primary, subkey: subkey.key, at, endsAt: now });
  return { packet: subkey.part.packet, signatures: [binding] };
}

/**
 * A new key with the same User ID. The key before certifies it (0x13, exportable), which shows continuity to people who
 * trust that key; a revoked key certifies nothing.
 * @throws PosthornError `address-invalid`
 */
export async function replaceKey(o: Change<'replaceKey'>): ReturnType<KeyLifePgp['replaceKey']> {
  const own = await openOwnKey(o);
  const fresh = await generateIdentityKeys(o);
  const keys = isRevoked(own) ? fresh : await vouchedFor(fresh, own, o);
  return {
    keys,
    retired: {
      fingerprint: o.keys.fingerprint,
      kind: 'key',
      retiredAt: o.now,
      secretKey: o.keys.secretKey,
      publicKey: o.keys.publicKey,
    },
  };
}

/** The key with a certification of its User ID by `voucher`. */
export async function vouchedFor(
  keys: IdentityKeys,
  voucher: OwnKey,
  o: Pick<Change<'replaceKey'>, 'address' | 'now'>,
): Promise<IdentityKeys> {
  const [raw] = readKeyBlock(keys.publicKey) ?? [];
  const own = await openOwnKey({ keys, address: o.address });
  if (raw === undefined) throw mismatch();
  const over = { key: own.publicPrimary, userID: userIdPacket(`<${o.address}>`) };
  const voucherSignature = await makeSignature({ key: voucher.primary, type: SIGNATURE.positive, over, at: o.now });
  return { ...keys, publicKey: withUserIdSignatures(raw, [voucherSignature]) };
}

/**
 * Key revocation (0x20, and 0x28 of its subkeys) by the key itself, and by the onion (0x30) of its certification: the
 * second tells the time from which every earlier certification is out of date.
 * @throws PosthornError `address-invalid`
 */
export async function revokeKey(o: Change<'revokeKey'>): Promise<IdentityKeys> {
  const own = await openOwnKey(o);
  if (!seedBelongsTo(o.onionSeed, o.address)) throw mismatch();
  const setReason = (fields: RawSignature['fields']): void => {
    fields.reasonForRevocationFlag = REASONS[o.reason];
    fields.reasonForRevocationString = '';
  };
  const byKey = await makeSignature({
    key: own.primary,
    type: SIGNATURE.keyRevocation,
    over: { key: own.primary },
    at: o.now,
    set: setReason,
  });
  const over = { key: own.publicPrimary, userID: userIdPacket(`<${o.address}>`) };
  const certifier = await certifyingSecretKey(o.onionSeed);
  const byOnion = await makeSignature({ key: certifier, type: SIGNATURE.certificationRevocation, over, at: o.now });
  const primary = { packet: own.raw.primary.packet, signatures: [byKey] };
  const subkeys = await Promise.all(
    own.raw.subkeys.map((part) => withRevocation(own, part, { now: o.now, setReason })),
  );
  return { ...o.keys, publicKey: withUserIdSignatures({ ...own.raw, primary, subkeys }, [byOnion]) };
}

/** The subkey says it too (0x28): Sequoia's `sq encrypt` looks at nothing else. */
async function withRevocation(
  own: OwnKey,
  part: RawPart,
  o: { now: number; setReason: (fields: RawSignature['fields']) => void },
): Promise<RawPart> {
  const subkey = own.encryption.find((each) => each.part === part);
  if (subkey === undefined) return part;
  const over = { key: own.primary, bind: subkey.key };
  const revocation = await makeSignature({
    key: own.primary,
    type: SIGNATURE.subkeyRevocation,
    over,
    at: o.now,
    set: o.setReason,
  });
  return { packet: part.packet, signatures: [...part.signatures, revocation] };
}

function withUserIdSignatures(raw: RawKey, signatures: readonly RawSignature[]): Uint8Array {
  const [userId] = raw.userIds;
  if (userId === undefined) throw mismatch();
  return writeKeyBlock([
    raw.primary,
    { packet: userId.packet, signatures: [...userId.signatures, ...signatures] },
    ...raw.subkeys,
  ]);
}
