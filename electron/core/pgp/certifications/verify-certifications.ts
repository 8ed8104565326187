import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../../../shared/ids';
import type { PublicKeyBlock } from '../../ports/keys';
import { readCertificationFields, type CertificationFields } from './certification-fields';
import { readEd25519Key, type Ed25519Key } from '../packets/ed25519-key';
import { EDDSA_LEGACY, keyCreatedAt, pointOf, signatureOf } from '../keys/eddsa-packets';
import { isBy } from './foreign-certifications';
import { fingerprintOfBody, keyForHash, walkKeys } from '../keys/key-walker';
import { enums } from '../packets/openpgp-library';
import { TAG } from '../packets/packet-framing';

type Check = { readonly body: Uint8Array; readonly subject: PublicKeyBlock; readonly issuer: PublicKeyBlock };
type Issuer = { readonly fingerprint: Fingerprint; readonly createdAt: number; readonly key: Ed25519Key };
type Subject = { readonly fingerprint: Fingerprint; readonly octets: Uint8Array };

/** SHA-256 or better (PROTOCOL.md 2); the names are Node's. */
const HASHES: ReadonlyMap<number, string> = new Map([
  [enums.hash.sha256, 'sha256'],
  [enums.hash.sha384, 'sha384'],
  [enums.hash.sha512, 'sha512'],
]);

/** Issuers that are kept ready: each costs as much as several signatures. */
const MAX_ISSUERS = 20_000;

/**
 * Which of these certifications and revocations their issuers have truly made, over exactly the primary key and the one
 * User ID of their subject (RFC 9580, 5.2.4). Made here from the octets, because OpenPGP.js takes four times as long
 * and reads trust signatures wrongly. False too for one by the subject itself, and for one that is older than the key
 * of its issuer. Otherwise times are the caller's.
 */
export function createCertificationVerifier(): (o: { checks: readonly Check[] }) => Promise<boolean[]> {
  const issuers = new Map<Fingerprint, Issuer>();

  function issuerOf(block: PublicKeyBlock): Issuer | undefined {
    const body = primaryOf(block);
    if (body === undefined) return undefined;
    const fingerprint = fingerprintOfBody(body);
    const known = issuers.get(fingerprint);
    if (known !== undefined) return known;
    const issuer = readIssuer(body, fingerprint);
    if (issuers.size >= MAX_ISSUERS) issuers.clear();
    if (issuer !== undefined) issuers.set(fingerprint, issuer);
    return issuer;
  }

  return ({ checks }) => Promise.resolve(checks.map((check) => isMade(check, issuerOf)));
}

function isMade(check: Check, issuerOf: (block: PublicKeyBlock) => Issuer | undefined): boolean {
  const fields = readCertificationFields(check.body);
  if (fields?.keyAlgorithm !== EDDSA_LEGACY) return false;
  const subject = readSubject(check.subject);
  const issuer = issuerOf(check.issuer);
  if (subject === undefined || issuer === undefined || issuer.fingerprint === subject.fingerprint) return false;
  return (
    isBy(fields, issuer.fingerprint) &&
    fields.grant.createdAt >= issuer.createdAt &&
    hasSigned(issuer.key, fields, subject)
  );
}

function hasSigned(key: Ed25519Key, fields: CertificationFields, subject: Subject): boolean {
  const digest = digestOf(fields, subject);
  const signature = signatureOf(fields.body.subarray(fields.digestAt + 2));
  if (digest === undefined || signature === undefined) return false;
  const isAnnounced = digest[0] === fields.body[fields.digestAt] && digest[1] === fields.body[fields.digestAt + 1];
  return isAnnounced && key.hasSigned(digest, signature);
}

/** RFC 9580, 5.2.4: key, User ID, the signature up to its hashed area, and how long that is. */
function digestOf({ body, hashedEnd, hashAlgorithm }: CertificationFields, subject: Subject): Uint8Array | undefined {
  const name = HASHES.get(hashAlgorithm);
  if (name === undefined) return undefined;
  const trailer = Buffer.of(4, 0xff, 0, 0, 0, 0);
  trailer.writeUInt32BE(hashedEnd, 2);
  return createHash(name).update(subject.octets).update(body.subarray(0, hashedEnd)).update(trailer).digest();
}

function primaryOf(block: PublicKeyBlock): Uint8Array | undefined {
  const [key, ...more] = walkKeys(block);
  return more.length === 0 ? key?.primary.body : undefined;
}

function readIssuer(body: Uint8Array, fingerprint: Fingerprint): Issuer | undefined {
  const point = pointOf(body);
  const key = point && readEd25519Key(point);
  return key && { fingerprint, key, createdAt: keyCreatedAt(body) };
}

/** What is hashed of the subject, when it is one version 4 key with one User ID and no attribute. */
function readSubject(block: PublicKeyBlock): Subject | undefined {
  const [key, ...more] = walkKeys(block);
  if (key === undefined || more.length > 0 || key.primary.body[0] !== 4) return undefined;
  const [userId, ...others] = key.others.filter(({ tag }) => tag === TAG.userId || tag === TAG.userAttribute);
  if (userId?.tag !== TAG.userId || others.length > 0) return undefined;
  const head = Buffer.of(0xb4, 0, 0, 0, 0);
  head.writeUInt32BE(userId.body.length, 1);
  const octets = Buffer.concat([keyForHash(key.primary.body), head, userId.body]);
  return { fingerprint: fingerprintOfBody(key.primary.body), octets };
}
