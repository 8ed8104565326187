import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import type { IdentityKeys } from '../../ports/keys';
import { fingerprintOf } from './check-key-block';
import { readKeyBlock, readPrimaryKey, readSubkey, writeKeyBlock, type RawKey, type RawPart } from './key-block';
import { enums, type PublicKeyPacket, type PublicSubkeyPacket, type SecretKeyPacket } from '../packets/openpgp-library';
import { TAG, joinPackets, splitPackets, type Packet } from '../packets/packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { SIGNATURE, claimsIssuer, createdAt, makeSignature, type RawSignature } from '../packets/signatures';

/** An own key taken apart: public parts as they are handed out, secret packets as the vault keeps them. */
export type OwnKey = {
  readonly primary: SecretKeyPacket;
  readonly publicPrimary: PublicKeyPacket;
  readonly raw: RawKey;
  readonly userId: RawPart;
  /** The newest self-signature. */
  readonly selfCertification: RawSignature;
  /** Secret primary key and secret subkeys. */
  readonly secrets: readonly Packet[];
  /** The encryption subkeys whose secret half is here, newest first. */
  readonly encryption: readonly OwnSubkey[];
};

export type OwnSubkey = { readonly key: PublicSubkeyPacket; readonly part: RawPart; readonly secret: Packet };

/** Key packet, User ID and subkeys with their signatures; `secrets` are matched by their public beginnings. */
export type OwnKeyParts = {
  readonly primary: RawPart;
  readonly userId: RawPart;
  readonly subkeys: readonly RawPart[];
  readonly secrets: readonly Packet[];
};

const MAX_PACKETS = 100;

/**
 * @throws PosthornError `address-invalid` when keys and address do not belong together, `internal` for keys that cannot
 * be read
 */
export async function openOwnKey(o: { keys: IdentityKeys; address: MailAddress }): Promise<OwnKey> {
  const [raw] = readKeyBlock(o.keys.publicKey) ?? [];
  const publicPrimary = raw && (await readPrimaryKey(raw.primary));
  const [userId] = raw?.userIds ?? [];
  if (raw === undefined || publicPrimary === undefined || userId === undefined) throw mismatch();
  if (Buffer.from(userId.packet.body).toString() !== `<${o.address}>`) throw mismatch();
  const selfCertification = newestOf(ownCertifications(userId, publicPrimary));
  if (selfCertification === undefined) throw mismatch();
  const secrets = readSecrets(o.keys.secretKey);
  const { primary } = await readSecretKeyBlock(o.keys.secretKey);
  const encryption = await encryptionSubkeys(raw.subkeys, secrets);
  return { primary, publicPrimary, raw, userId, selfCertification, secrets, encryption };
}

async function encryptionSubkeys(parts: readonly RawPart[], secrets: readonly Packet[]): Promise<OwnSubkey[]> {
  const found: OwnSubkey[] = [];
  for (const part of parts) {
    const read = await readSubkey(part);
    const secret = secretOf(part, secrets);
    if (read?.use === 'encryption' && secret !== undefined) found.push({ key: read.key, part, secret });
  }
  return found.sort((a, b) => b.key.created.getTime() - a.key.created.getTime());
}

export function readSecrets(secretKey: Uint8Array): Packet[] {
  const packets = splitPackets(secretKey, MAX_PACKETS) ?? [];
  return packets.filter(({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey);
}

/** A secret key packet begins with its public one (RFC 9580, 5.5.3). */
function secretOf(part: RawPart, secrets: readonly Packet[]): Packet | undefined {
  const { body } = part.packet;
  return secrets.find((secret) => Buffer.from(body).equals(secret.body.subarray(0, body.length)));
}

/** Both blocks of a key: the public one with everything, the secret one with what there are secrets for. */
export async function writeOwnKey({ primary, userId, subkeys, secrets }: OwnKeyParts): Promise<IdentityKeys> {
  const key = await readPrimaryKey(primary);
  const secretPrimary = secretOf(primary, secrets);
  if (key === undefined || secretPrimary === undefined) throw mismatch();
  const own = subkeys.flatMap((part) => {
    const packet = secretOf(part, secrets);
    return packet === undefined ? [] : [{ ...part, packet }];
  });
  const selfSigned = {
    packet: userId.packet,
    signatures: userId.signatures.filter((signature) => claimsIssuer(signature, key)),
  };
  return {
    publicKey: writeKeyBlock([primary, userId, ...subkeys]),
    secretKey: writeKeyBlock([{ packet: secretPrimary, signatures: [] }, selfSigned, ...own]),
    fingerprint: fingerprintOf(key),
  };
}

/** A secret key block of one primary key and some of its subkeys, enough to decrypt with. */
export function secretsAlone(own: OwnKey, subkeys: readonly OwnSubkey[]): Uint8Array {
  return joinPackets([
    ...own.secrets.filter(({ tag }) => tag === TAG.secretKey),
    ...subkeys.map(({ secret }) => secret),
  ]);
}

export function ownCertifications(userId: RawPart, primary: PublicKeyPacket): RawSignature[] {
  return userId.signatures.filter(
    (signature) => SIGNATURE.certifications.includes(signature.type) && claimsIssuer(signature, primary),
  );
}

export function newestOf(signatures: readonly RawSignature[]): RawSignature | undefined {
  return [...signatures].sort((a, b) => createdAt(b) - createdAt(a))[0];
}

/** Whether the key has revoked itself. */
export function isRevoked(own: OwnKey): boolean {
  return own.raw.primary.signatures.some(
    (signature) => signature.type === SIGNATURE.keyRevocation && claimsIssuer(signature, own.publicPrimary),
  );
}

/**
 * Binds an encryption subkey to its primary key (0x18).
 * @param o.endsAt milliseconds; from then on the subkey is expired. At least a second after its creation, because 0
 *   means «never»
 */
export function bindSubkey(o: {
  primary: SecretKeyPacket;
  subkey: PublicSubkeyPacket;
  at: number;
  endsAt?: number;
}): Promise<RawSignature> {
  return makeSignature({
    key: o.primary,
    type: SIGNATURE.subkeyBinding,
    over: { key: o.primary, bind: o.subkey },
    at: o.at,
    set: (fields) => {
      fields.keyFlags = Uint8Array.of(enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage);
      if (o.endsAt === undefined) return;
      fields.keyExpirationTime = Math.max(1, Math.floor((o.endsAt - o.subkey.created.getTime()) / 1000));
      fields.keyNeverExpires = false;
    },
  });
}

export function mismatch(): PosthornError {
  return new PosthornError('address-invalid', 'The keys do not belong to this address. Nothing was changed.');
}
