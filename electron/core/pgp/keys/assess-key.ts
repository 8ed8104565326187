import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { MAX_SIGNATURES_BY_ISSUER, MAX_SIGNATURES_IN_BLOCK, MAX_SUBKEYS } from '../../domain/key-limits';
import type { KeyRefusal } from '../../domain/refusals';
import { readPrimaryKey, readSubkey, type RawKey, type RawPart } from './key-block';
import { enums, type PublicKeyPacket, type PublicSubkeyPacket, type UserIDPacket } from '../packets/openpgp-library';
import { userIdPacket } from './onion-certifying-key';
import {
  SIGNATURE,
  claimsIssuer,
  createdAt,
  expiresAt,
  hasStrongHash,
  verifies,
  verifiesBackSignature,
  type RawSignature,
} from '../packets/signatures';

/** A subkey that its primary key has bound, with the one binding that counts. */
export type BoundSubkey = { readonly key: PublicSubkeyPacket; readonly part: RawPart };

/** A key whose own signatures hold at a given time. Whose key it is, is another question. */
export type AssessedKey = {
  readonly primary: PublicKeyPacket;
  readonly userId: UserIDPacket;
  readonly userIdText: string;
  /** The primary key with its newest self-signature on the one User ID. */
  readonly selfCertification: RawSignature;
  readonly encryption: BoundSubkey | undefined;
  readonly signingSubkeys: readonly BoundSubkey[];
  /** When the key ends by its own word, in milliseconds; Infinity when it does not. */
  readonly expiresAt: number;
  /** May the primary key sign messages? */
  readonly primarySigns: boolean;
};

export type KeyAssessment =
  | { readonly outcome: 'usable'; readonly key: AssessedKey }
  | { readonly outcome: 'refused'; readonly reason: KeyRefusal };

const CAN_ENCRYPT = enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage;

export function refused(reason: KeyRefusal): { readonly outcome: 'refused'; readonly reason: KeyRefusal } {
  return { outcome: 'refused', reason };
}

/** Judges a key by its own signatures alone at the time `now` (milliseconds). */
export async function assessKey(raw: RawKey, now: number): Promise<KeyAssessment> {
  const primary = await readPrimaryKey(raw.primary);
  if (primary === undefined || isFlooded(raw, primary)) return refused('unreadable');
  const [userIdPart] = raw.userIds;
  if (userIdPart === undefined || raw.userIds.length !== 1 || raw.userAttributes > 0) return refused('not-one-user-id');
  if (await hasValid(raw.primary.signatures, { key: primary, type: SIGNATURE.keyRevocation, over: { key: primary } })) {
    return refused('key-revoked');
  }
  const self = await judgeSelfSignature(primary, userIdPart, now);
  if (self.outcome === 'refused') return self;
  const subkeys = await boundSubkeys(raw.subkeys, primary, now);
  return {
    outcome: 'usable',
    key: {
      primary,
      userId: self.userId,
      userIdText: self.text,
      selfCertification: self.signature,
      expiresAt: Math.min(expiresAt(self.signature), keyExpiresAt(self.signature, primary)),
      encryption: subkeys.encryption,
      signingSubkeys: subkeys.signing,
      primarySigns: hasFlag(self.signature, enums.keyFlags.signData),
    },
  };
}

type SelfSignature =
  | {
      readonly outcome: 'valid';
      readonly userId: UserIDPacket;
      readonly text: string;
      readonly signature: RawSignature;
    }
  | { readonly outcome: 'refused'; readonly reason: KeyRefusal };

async function judgeSelfSignature(primary: PublicKeyPacket, part: RawPart, now: number): Promise<SelfSignature> {
  const text = decodeText(part.packet.body);
  if (text === undefined) return refused('user-id-differs');
  const userId = userIdPacket(text);
  const over = { key: primary, userID: userId };
  const own = part.signatures.filter((signature) => claimsIssuer(signature, primary));
  if (await hasValid(own, { key: primary, type: SIGNATURE.certificationRevocation, over }))
    return refused('key-revoked');
  const certifications = own.filter((signature) => SIGNATURE.certifications.includes(signature.type));
  const signature = await newestValid(certifications, { key: primary, over });
  if (signature === undefined) return refused(reasonWithoutSelf(certifications));
  if (primary.created.getTime() > now + MAX_CLOCK_SKEW_MS || createdAt(signature) > now + MAX_CLOCK_SKEW_MS) {
    return refused('certification-future');
  }
  if (expiresAt(signature) <= now || keyExpiresAt(signature, primary) <= now) return refused('key-expired');
  return { outcome: 'valid', userId, text, signature };
}

function reasonWithoutSelf(certifications: readonly RawSignature[]): KeyRefusal {
  return certifications.some((signature) => !hasStrongHash(signature)) ? 'weak-hash' : 'certification-invalid';
}

async function boundSubkeys(
  parts: readonly RawPart[],
  primary: PublicKeyPacket,
  now: number,
): Promise<{ encryption: BoundSubkey | undefined; signing: BoundSubkey[] }> {
  let encryption: BoundSubkey | undefined;
  const signing: BoundSubkey[] = [];
  for (const part of parts) {
    const bound = await judgeSubkey(part, primary, now);
    if (bound === undefined) continue;
    if (bound.use === 'signing') signing.push(bound.subkey);
    else if (encryption === undefined || bound.subkey.key.created > encryption.key.created) encryption = bound.subkey;
  }
  return { encryption, signing };
}

async function judgeSubkey(
  part: RawPart,
  primary: PublicKeyPacket,
  now: number,
): Promise<{ use: 'encryption' | 'signing'; subkey: BoundSubkey } | undefined> {
  const read = await readSubkey(part);
  if (read === undefined) return undefined;
  const over = { key: primary, bind: read.key };
  if (await hasValid(part.signatures, { key: primary, type: SIGNATURE.subkeyRevocation, over })) return undefined;
  const bindings = part.signatures.filter((signature) => signature.type === SIGNATURE.subkeyBinding);
  const binding = await newestValid(bindings, { key: primary, over });
  if (binding === undefined || !isBindingInForce(binding, read.key, now)) return undefined;
  const use = await useOf(read, { binding, over });
  return use && { use, subkey: { key: read.key, part: { packet: part.packet, signatures: [binding] } } };
}

/** What the binding says the subkey is for, where its algorithm can do it; one that also encrypts is for that. */
async function useOf(
  read: NonNullable<Awaited<ReturnType<typeof readSubkey>>>,
  { binding, over }: { readonly binding: RawSignature; readonly over: object },
): Promise<'encryption' | 'signing' | undefined> {
  if (read.use !== 'signing' && hasFlag(binding, CAN_ENCRYPT)) return 'encryption';
  if (read.use === 'encryption' || !hasFlag(binding, enums.keyFlags.signData)) return undefined;
  return (await verifiesBackSignature(binding, { key: read.key, over })) ? 'signing' : undefined;
}

function isBindingInForce(binding: RawSignature, key: PublicSubkeyPacket, now: number): boolean {
  const latest = now + MAX_CLOCK_SKEW_MS;
  if (createdAt(binding) > latest || key.created.getTime() > latest) return false;
  return expiresAt(binding) > now && keyExpiresAt(binding, key) > now;
}

function keyExpiresAt(signature: RawSignature, key: PublicKeyPacket | PublicSubkeyPacket): number {
  const seconds = signature.fields.keyExpirationTime ?? 0;
  return seconds === 0 ? Infinity : key.created.getTime() + seconds * 1000;
}

function hasFlag(signature: RawSignature, flags: number): boolean {
  return ((signature.fields.keyFlags?.[0] ?? 0) & flags) !== 0;
}

/** Newest of `signatures` that claims to be by this key and verifies with the type it carries. */
export async function newestValid(
  signatures: readonly RawSignature[],
  o: { readonly key: PublicKeyPacket; readonly over: object },
): Promise<RawSignature | undefined> {
  const newestFirst = signatures
    .filter((signature) => claimsIssuer(signature, o.key))
    .sort((a, b) => createdAt(b) - createdAt(a));
  for (const signature of newestFirst) {
    if (await verifies(signature, { ...o, type: signature.type })) return signature;
  }
  return undefined;
}

async function hasValid(
  signatures: readonly RawSignature[],
  o: { readonly key: PublicKeyPacket; readonly type: number; readonly over: object },
): Promise<boolean> {
  for (const signature of signatures) {
    const isAsked = signature.type === o.type && claimsIssuer(signature, o.key);
    if (isAsked && (await verifies(signature, o))) return true;
  }
  return false;
}

/** Only signatures that claim to come from `issuer` cost a verification; see MAX_SIGNATURES_BY_ISSUER. */
export function isFloodedBy(signatures: readonly RawSignature[], issuer: PublicKeyPacket): boolean {
  return countOf(signatures, issuer) > MAX_SIGNATURES_BY_ISSUER;
}

/** What checking these keys of one block may cost at most, in verifications; see MAX_SIGNATURES_IN_BLOCK. */
export async function isCostly(keys: readonly RawKey[], certifier: PublicKeyPacket): Promise<boolean> {
  let verifications = 0;
  for (const key of keys) {
    const primary = await readPrimaryKey(key.primary);
    if (primary === undefined) continue;
    const signatures = [key.primary, ...key.userIds, ...key.subkeys].flatMap((part) => part.signatures);
    verifications += countOf(signatures, primary) + countOf(signatures, certifier);
  }
  return verifications > MAX_SIGNATURES_IN_BLOCK;
}

function countOf(signatures: readonly RawSignature[], issuer: PublicKeyPacket): number {
  return signatures.filter((signature) => claimsIssuer(signature, issuer)).length;
}

function isFlooded(raw: RawKey, primary: PublicKeyPacket): boolean {
  const parts = [raw.primary, ...raw.userIds, ...raw.subkeys];
  return raw.subkeys.length > MAX_SUBKEYS || parts.some((part) => isFloodedBy(part.signatures, primary));
}

function decodeText(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}
