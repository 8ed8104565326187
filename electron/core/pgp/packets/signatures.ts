import { SignaturePacket, enums, type AnyKeyPacket, type AnySecretKeyPacket, type Config } from './openpgp-library';
import { lacksMemory } from '../../worker/lacks-memory';
import { PROFILE, STRONG_HASHES } from './openpgp-profile';

/** A signature packet as received, and its fields. The fields are claims until `verifies` says so. */
export type RawSignature = { readonly body: Uint8Array; readonly type: number; readonly fields: SignaturePacket };

/** Signature types (RFC 9580, 5.2.1). */
export const SIGNATURE = {
  binary: 0x00,
  text: 0x01,
  certifications: [0x10, 0x11, 0x12, 0x13] as readonly number[],
  positive: 0x13,
  subkeyBinding: 0x18,
  keyBinding: 0x19,
  directKey: 0x1f,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30,
} as const;

/** What a signature is made over, in the words of OpenPGP.js. */
export type SignedObject = object;

/**
 * The declared types leave out signed objects, the configuration, and signature types as the numbers that they are on
 * the wire.
 */
type Methods = {
  sign(key: AnySecretKeyPacket, over: SignedObject, date: Date, detached: boolean, config: Config): Promise<void>;
  verify(
    key: AnyKeyPacket,
    type: number,
    over: SignedObject,
    date: Date | undefined,
    detached: boolean,
    config: Config,
  ): Promise<void>;
};

/** Reads a version 4 signature; `undefined` for anything else. */
export function readSignature(body: Uint8Array): RawSignature | undefined {
  try {
    const fields = new SignaturePacket();
    fields.read(body);
    return fields.version === 4 && fields.created !== null ? { body, type: body[1] ?? -1, fields } : undefined;
  } catch {
    return undefined;
  }
}

/** Creation time in milliseconds. */
export function createdAt(signature: RawSignature): number {
  return signature.fields.created?.getTime() ?? 0;
}

/** Expiry of the signature itself in milliseconds, or Infinity. */
export function expiresAt(signature: RawSignature): number {
  const seconds = signature.fields.signatureExpirationTime ?? 0;
  return seconds === 0 ? Infinity : createdAt(signature) + seconds * 1000;
}

export function hasStrongHash(signature: RawSignature): boolean {
  return STRONG_HASHES.has(signature.fields.hashAlgorithm ?? 0);
}

/** Does the signature claim to come from `key`? By full fingerprint where it names one, else by key ID. */
export function claimsIssuer(signature: RawSignature, key: AnyKeyPacket): boolean {
  const { issuerFingerprint, issuerKeyID } = signature.fields;
  if (issuerFingerprint === null) return issuerKeyID.equals(key.getKeyID());
  return Buffer.from(issuerFingerprint).toString('hex') === key.getFingerprint();
}

/**
 * Cryptographic check of one signature against one key, its type, its hash and its critical subpackets; times are the
 * caller's. Parses the packet again, because OpenPGP.js keeps «verified» on the object and would then accept it for
 * other data, and compares the type, because OpenPGP.js hashes what it is told and never compares.
 */
export async function verifies(
  signature: RawSignature,
  o: { readonly key: AnyKeyPacket; readonly type: number; readonly over: SignedObject },
): Promise<boolean> {
  const fresh = readSignature(signature.body);
  if (fresh === undefined || fresh.type !== o.type || !hasStrongHash(fresh)) return false;
  return verifyFields(fresh.fields, o);
}

/** The back-signature (0x19) inside a subkey binding, made by the subkey over the primary key (RFC 9580, 5.2.1.8). */
export async function verifiesBackSignature(
  binding: RawSignature,
  o: { readonly key: AnyKeyPacket; readonly over: SignedObject },
): Promise<boolean> {
  const embedded = readSignature(binding.body)?.fields.embeddedSignature;
  if (!embedded || embedded.version !== 4 || Number(embedded.signatureType) !== SIGNATURE.keyBinding) return false;
  if (!STRONG_HASHES.has(embedded.hashAlgorithm ?? 0)) return false;
  return verifyFields(embedded, { ...o, type: SIGNATURE.keyBinding });
}

async function verifyFields(
  fields: SignaturePacket,
  o: { readonly key: AnyKeyPacket; readonly type: number; readonly over: SignedObject },
): Promise<boolean> {
  try {
    await (fields as unknown as Methods).verify(o.key, o.type, o.over, fields.created ?? undefined, false, PROFILE);
    return true;
  } catch (error) {
    if (lacksMemory(error)) throw error;
    return false;
  }
}

/**
 * Makes a signature with SHA-512, without salt notation, issuer fingerprint inside; returns the packet body.
 * @param at creation time in milliseconds, cut to the second
 */
export async function makeSignature(o: {
  readonly key: AnySecretKeyPacket;
  readonly type: number;
  readonly over: SignedObject;
  readonly at: number;
  readonly set?: (fields: SignaturePacket) => void;
}): Promise<RawSignature> {
  const fields = Object.assign(new SignaturePacket(), { signatureType: o.type });
  fields.publicKeyAlgorithm = o.key.algorithm;
  fields.hashAlgorithm = enums.hash.sha512;
  o.set?.(fields);
  await (fields as unknown as Methods).sign(o.key, o.over, new Date(o.at), false, PROFILE);
  return { body: fields.write(), type: o.type, fields };
}
