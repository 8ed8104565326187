import type { ImportProblem } from '../../../../shared/key-life';
import type { KeyLifePgp } from '../../ports/key-life-pgp';
import type { IdentityKeys } from '../../ports/keys';
import { newestValid } from './assess-key';
import { checkKeyBlock } from './check-key-block';
import { recertify } from './identity-key';
import { isEd25519, readPrimaryKey, readSubkey, type RawPart } from './key-block';
import { vouchedFor } from './key-life';
import { seedBelongsTo, userIdPacket } from './onion-certifying-key';
import { enums, type PublicKeyPacket, type PublicSubkeyPacket, type SecretKeyPacket } from '../packets/openpgp-library';
import { bindSubkey, isRevoked, mismatch, openOwnKey, writeOwnKey } from './own-key';
import { TAG, type Packet } from '../packets/packet-framing';
import { readSecretFile, unlockPacket } from './read-secret-file';
import { selfSignature } from './self-signature';
import {
  SIGNATURE,
  claimsIssuer,
  createdAt,
  expiresAt,
  readSignature,
  verifies,
  type RawSignature,
} from '../packets/signatures';

type Question = Parameters<KeyLifePgp['adoptKey']>[0];
type Answer = Awaited<ReturnType<KeyLifePgp['adoptKey']>>;

/** A part of the file: a secret key, secret subkey or User ID packet with the signatures after it. */
type FilePart = { readonly packet: Packet; readonly signatures: RawSignature[] };
type Candidate = { readonly part: FilePart; readonly key: PublicSubkeyPacket };

/** Encryption subkeys that are taken over, newest first: one with dozens is no key that a person made. */
const MAX_ADOPTED_SUBKEYS = 5;

/**
 * Makes a foreign secret key the key of `address`: the key and its encryption subkeys with new signatures by them and
 * by the onion; its User IDs, certifications by others and signing subkeys are left behind.
 * @throws PosthornError `address-invalid` when seed and address do not belong together
 */
export async function adoptKey(o: Question): Promise<Answer> {
  if (!seedBelongsTo(o.onionSeed, o.address)) throw mismatch();
  const file = readSecretFile(o.secretKey);
  if (file.outcome === 'refused') return file;
  const [primaryPart, ...others] = splitParts(file.packets);
  const publicPrimary = primaryPart && (await readPrimaryKey(publicPart(primaryPart, TAG.publicKey)));
  if (primaryPart === undefined || publicPrimary === undefined || !isEd25519(publicPrimary))
    return refused('kind-not-supported');
  const problem = await judgePrimary(publicPrimary, primaryPart, { others, now: o.now });
  if (problem !== undefined) return refused(problem);
  const subkeys = await usableSubkeys(publicPrimary, { others, now: o.now });
  if (subkeys.length === 0) return refused('no-encryption-key');
  return assemble({ primary: primaryPart, publicPrimary, subkeys }, o);
}

type Found = {
  readonly primary: FilePart;
  readonly publicPrimary: PublicKeyPacket;
  readonly subkeys: readonly Candidate[];
};

async function assemble({ primary: part, publicPrimary, subkeys }: Found, o: Question): Promise<Answer> {
  const unlocked = await unlockPacket(part.packet, o.passphrase);
  if (unlocked.outcome === 'refused') return unlocked;
  const primary = unlocked.key as SecretKeyPacket;
  const secrets: Packet[] = [{ tag: TAG.secretKey, body: primary.write() }];
  const bound: RawPart[] = [];
  for (const subkey of subkeys) {
    const opened = await unlockPacket(subkey.part.packet, o.passphrase);
    if (opened.outcome === 'refused') return opened;
    secrets.push({ tag: TAG.secretSubkey, body: opened.key.write() });
    const binding = await bindSubkey({ primary, subkey: subkey.key, at: o.now });
    bound.push({ packet: { tag: TAG.publicSubkey, body: subkey.key.write() }, signatures: [binding] });
  }
  const self = await selfSignature({ primary, address: o.address, at: o.now });
  const userId = { packet: { tag: TAG.userId, body: userIdPacket(`<${o.address}>`).write() }, signatures: [self] };
  const primaryPart = { packet: { tag: TAG.publicKey, body: publicPrimary.write() }, signatures: [] };
  return certified(await writeOwnKey({ primary: primaryPart, userId, subkeys: bound, secrets }), o);
}

/** Checks the key as every receiver will: one dated in the future, for example, would be of no use. */
async function certified(adopted: IdentityKeys, o: Question): Promise<Answer> {
  const keys = await recertify({ ...o, keys: adopted });
  const check = await checkKeyBlock({ block: keys.publicKey, address: o.address, now: o.now });
  if (check.outcome === 'refused') return refused('kind-not-supported');
  if (o.previous === undefined || o.previous.fingerprint === keys.fingerprint) return { outcome: 'adopted', keys };
  const voucher = await openOwnKey({ keys: o.previous, address: o.address });
  return { outcome: 'adopted', keys: isRevoked(voucher) ? keys : await vouchedFor(keys, voucher, o) };
}

/**
 * Whether the key's own signatures say that it is revoked or expired. Those with a weak hash do not count and are not
 * needed, because the secret key is here.
 */
async function judgePrimary(
  key: PublicKeyPacket,
  part: FilePart,
  o: { others: readonly FilePart[]; now: number },
): Promise<ImportProblem | undefined> {
  for (const signature of part.signatures) {
    if (
      signature.type === SIGNATURE.keyRevocation &&
      (await verifies(signature, { key, type: SIGNATURE.keyRevocation, over: { key } }))
    )
      return 'revoked';
  }
  const newest = await newestSelfSignature(key, part, o.others);
  return newest !== undefined && endOf(newest, key) <= o.now ? 'expired' : undefined;
}

/** The newest self-signature on any User ID or on the key itself (0x1F): it decides when the key expires. */
async function newestSelfSignature(
  key: PublicKeyPacket,
  part: FilePart,
  others: readonly FilePart[],
): Promise<RawSignature | undefined> {
  const direct = part.signatures.filter((each) => each.type === SIGNATURE.directKey);
  const found = [await newestValid(direct, { key, over: { key } })];
  for (const { packet, signatures } of others.filter((each) => each.packet.tag === TAG.userId)) {
    const certifications = signatures.filter(
      (each) => SIGNATURE.certifications.includes(each.type) && claimsIssuer(each, key),
    );
    found.push(
      await newestValid(certifications, {
        key,
        over: { key, userID: userIdPacket(Buffer.from(packet.body).toString()) },
      }),
    );
  }
  return found.filter((each) => each !== undefined).sort((a, b) => createdAt(b) - createdAt(a))[0];
}

async function usableSubkeys(
  primary: PublicKeyPacket,
  o: { others: readonly FilePart[]; now: number },
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const part of o.others.filter((each) => each.packet.tag === TAG.secretSubkey)) {
    const read = await readSubkey(publicPart(part, TAG.publicSubkey));
    if (read?.use === 'encryption' && (await isUsable(read.key, part, { primary, now: o.now })))
      found.push({ part, key: read.key });
  }
  return found.sort((a, b) => b.key.created.getTime() - a.key.created.getTime()).slice(0, MAX_ADOPTED_SUBKEYS);
}

async function isUsable(
  subkey: PublicSubkeyPacket,
  part: FilePart,
  o: { primary: PublicKeyPacket; now: number },
): Promise<boolean> {
  const over = { key: o.primary, bind: subkey };
  for (const signature of part.signatures) {
    if (signature.type !== SIGNATURE.subkeyRevocation) continue;
    if (await verifies(signature, { key: o.primary, type: SIGNATURE.subkeyRevocation, over })) return false;
  }
  const bindings = part.signatures.filter((each) => each.type === SIGNATURE.subkeyBinding);
  const binding = await newestValid(bindings, { key: o.primary, over });
  return binding !== undefined && endOf(binding, subkey) > o.now && mayEncrypt(binding);
}

function mayEncrypt(binding: RawSignature): boolean {
  return (
    ((binding.fields.keyFlags?.[0] ?? 0) & (enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage)) !== 0
  );
}

/** Earlier of the end of a signature and of the key that it speaks of. */
function endOf(signature: RawSignature, key: PublicKeyPacket | PublicSubkeyPacket): number {
  const seconds = signature.fields.keyExpirationTime ?? 0;
  return Math.min(expiresAt(signature), seconds === 0 ? Infinity : key.created.getTime() + seconds * 1000);
}

function splitParts(packets: readonly Packet[]): FilePart[] {
  const parts: FilePart[] = [];
  for (const packet of packets) {
    if (packet.tag !== TAG.signature) {
      if (packet.tag !== TAG.trust && packet.tag !== TAG.marker) parts.push({ packet, signatures: [] });
      continue;
    }
    const signature = readSignature(packet.body);
    if (signature !== undefined) parts.at(-1)?.signatures.push(signature);
  }
  return parts;
}

/** The reader of public keys stops where the secret half begins. */
function publicPart(part: FilePart, tag: number): RawPart {
  return { packet: { tag, body: part.packet.body }, signatures: part.signatures };
}

function refused(problem: ImportProblem): { readonly outcome: 'refused'; readonly problem: ImportProblem } {
  return { outcome: 'refused', problem };
}
