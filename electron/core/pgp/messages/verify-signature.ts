import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { KeyRefusal } from '../../domain/refusals';
import type { PublicKeyBlock } from '../../ports/keys';
import type { SignatureCheck } from '../../ports/pgp';
import { assessKey, type AssessedKey } from '../keys/assess-key';
import { readKeyBlock } from '../keys/key-block';
import { literalOf } from '../packets/literal-data';
import type { AnyKeyPacket } from '../packets/openpgp-library';
import { readSignedMessage, type SignedMessage } from '../packets/signed-message';
import {
  SIGNATURE,
  createdAt,
  expiresAt,
  hasStrongHash,
  readSignature,
  verifies,
  type RawSignature,
} from '../packets/signatures';

type Reason = Extract<SignatureCheck, { outcome: 'invalid' }>['reason'];

/**
 * Verifies the one signature of a decrypted message against one key (PROTOCOL.md 5): named by full fingerprint, version
 * 4, binary, SHA-256 or better, agreeing with its one-pass packet, not from the future, by a key that is neither
 * expired nor revoked at `now`; a subkey counts only with its back-signature.
 */
export async function verify(o: {
  signedMessage: Uint8Array;
  publicKey: PublicKeyBlock;
  now: number;
}): Promise<SignatureCheck> {
  const reading = readSignedMessage(o.signedMessage);
  const signature = reading.outcome === 'read' ? readSignature(reading.message.signature) : undefined;
  if (reading.outcome !== 'read' || signature === undefined) return invalid('bad-signature');
  const [raw] = readKeyBlock(o.publicKey) ?? [];
  if (raw === undefined) return invalid('wrong-key');
  const assessment = await assessKey(raw, o.now);
  if (assessment.outcome === 'refused') return invalid(reasonOf(assessment.reason));
  const signer = signerOf(signature, assessment.key);
  if (signer === undefined) return invalid('wrong-key');
  return judge({ message: reading.message, signature, signer, now: o.now });
}

async function judge(o: {
  readonly message: SignedMessage;
  readonly signature: RawSignature;
  readonly signer: AnyKeyPacket;
  readonly now: number;
}): Promise<SignatureCheck> {
  const { signature, signer } = o;
  if (signature.type !== SIGNATURE.binary) return invalid('wrong-type');
  if (!hasStrongHash(signature)) return invalid('weak-hash');
  if (!agreesWithOnePass(o.message.onePass, signature)) return invalid('bad-signature');
  const isGood = await verifies(signature, { key: signer, type: SIGNATURE.binary, over: literalOf(o.message.content) });
  if (!isGood) return invalid('bad-signature');
  const signedAt = createdAt(signature);
  if (signedAt > o.now + MAX_CLOCK_SKEW_MS) return invalid('future');
  if (signedAt < signer.created.getTime() || expiresAt(signature) <= o.now) return invalid('bad-signature');
  return { outcome: 'valid', signedAt };
}

function signerOf(signature: RawSignature, key: AssessedKey): AnyKeyPacket | undefined {
  const named = signature.fields.issuerFingerprint;
  if (named === null) return undefined;
  const fingerprint = Buffer.from(named).toString('hex');
  const subkeys: AnyKeyPacket[] = key.signingSubkeys.map((subkey) => subkey.key);
  const signers = key.primarySigns ? [key.primary, ...subkeys] : subkeys;
  return signers.find((signer) => signer.getFingerprint() === fingerprint);
}

/** Version 3: version, type, hash, key algorithm, key ID, «last» (RFC 9580, 5.4). */
function agreesWithOnePass(onePass: Uint8Array, { type, fields }: RawSignature): boolean {
  const keyId = Buffer.from(fields.issuerKeyID.toHex(), 'hex');
  const expected = [3, type, fields.hashAlgorithm, fields.publicKeyAlgorithm, ...keyId];
  return onePass.length === expected.length + 1 && expected.every((octet, index) => onePass[index] === octet);
}

function reasonOf(refusal: KeyRefusal): Reason {
  if (refusal === 'key-expired' || refusal === 'key-revoked') return refusal;
  if (refusal === 'certification-future') return 'future';
  return refusal === 'weak-hash' ? 'weak-hash' : 'wrong-key';
}

function invalid(reason: Reason): SignatureCheck {
  return { outcome: 'invalid', reason };
}
