import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import type { IdentityKeys } from '../../ports/keys';
import { fingerprintOf } from './check-key-block';
import { readKeyBlock, readPrimaryKey, writeKeyBlock, type RawKey, type RawPart } from './key-block';
import { issueOnionCertification } from './onion-certification';
import { certifyingKeyOf, seedBelongsTo, userIdPacket } from './onion-certifying-key';
import { generateKey, type PublicKeyPacket } from '../packets/openpgp-library';
import { PROFILE } from '../packets/openpgp-profile';
import { withPlainPreferences } from './self-signature';
import { claimsIssuer } from '../packets/signatures';
import { startOfDay } from '../../domain/published-time';

/**
 * A new identity key (PROTOCOL.md 2): Ed25519 (algorithm 22) that certifies and signs, one ECDH Curve25519 subkey, one
 * User ID `<address>`. Created, on paper, at the start of the UTC day of `createdAt` (absent: of `now`), so that the
 * key does not tell the hour; certified at `now`.
 * @throws PosthornError `address-invalid` when `onionSeed` is not the seed of the address
 */
export async function generateIdentityKeys(o: {
  address: MailAddress;
  onionSeed: Uint8Array;
  now: number;
  createdAt?: number;
}): Promise<IdentityKeys> {
  const created = o.createdAt ?? o.now;
  const { privateKey, publicKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: { email: o.address },
    date: new Date(startOfDay(created)),
    format: 'binary',
    config: PROFILE,
  });
  return certify({ ...o, ...(await withPlainPreferences({ secretKey: privateKey, publicKey, address: o.address })) });
}

/**
 * The same key with one fresh onion certification in the place of all earlier ones.
 * @throws PosthornError `address-invalid` when seed, address and key do not belong together
 */
export async function recertify(o: {
  keys: IdentityKeys;
  address: MailAddress;
  onionSeed: Uint8Array;
  now: number;
}): Promise<IdentityKeys> {
  return certify({ ...o, secretKey: o.keys.secretKey, publicKey: o.keys.publicKey });
}

async function certify(o: {
  readonly address: MailAddress;
  readonly onionSeed: Uint8Array;
  readonly now: number;
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}): Promise<IdentityKeys> {
  if (!seedBelongsTo(o.onionSeed, o.address)) throw mismatch();
  const [raw] = readKeyBlock(o.publicKey) ?? [];
  const primary = raw && (await readPrimaryKey(raw.primary));
  const [userId] = raw?.userIds ?? [];
  if (raw === undefined || primary === undefined || userId === undefined) throw mismatch();
  if (Buffer.from(userId.packet.body).toString() !== `<${o.address}>`) throw mismatch();
  const certified = await certifiedUserId(userId, primary, o);
  return { secretKey: o.secretKey, publicKey: blockWith(raw, certified), fingerprint: fingerprintOf(primary) };
}

async function certifiedUserId(
  part: RawPart,
  key: PublicKeyPacket,
  o: { readonly address: MailAddress; readonly onionSeed: Uint8Array; readonly now: number },
): Promise<RawPart> {
  const certifier = await certifyingKeyOf(o.address);
  const others = part.signatures.filter((signature) => !claimsIssuer(signature, certifier));
  const userId = userIdPacket(`<${o.address}>`);
  const fresh = await issueOnionCertification({ onionSeed: o.onionSeed, key, userId, now: o.now });
  return { packet: part.packet, signatures: [...others, fresh] };
}

function blockWith(raw: RawKey, userId: RawPart): Uint8Array {
  return writeKeyBlock([raw.primary, userId, ...raw.subkeys]);
}

function mismatch(): PosthornError {
  return new PosthornError('address-invalid', 'The keys do not belong to this address. Nothing was changed.');
}
