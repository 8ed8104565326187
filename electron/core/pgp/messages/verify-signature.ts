import { MAX_CLOCK_SKEW_MS, MAX_DECRYPTED_BYTES } from '../../domain/limits';
import type { KeyRefusal, SignatureRefusal } from '../../domain/refusals';
import type { PublicKeyBlock } from '../../ports/keys';
import type { SignatureCheck } from '../../ports/pgp';
import { assessKey, type AssessedKey } from '../keys/assess-key';
import { readKeyBlock } from '../keys/key-block';
import { literalOf, withCrlf } from '../packets/literal-data';
import type { AnyKeyPacket } from '../packets/openpgp-library';
import { readSignedMessage, type MessageSignature } from '../packets/signed-message';
import {
  SIGNATURE,
  claimsIssuer,
  createdAt,
  expiresAt,
  hasStrongHash,
  readSignature,
  verifies,
  type RawSignature,
} from '../packets/signatures';

/**
 * Verifies a decrypted message against one key (PROTOCOL.md 5): one of its signatures must be by this key and
 * good: version 4, binary or text, SHA-256 or better, agreeing with its one-pass packet if it has one, not from
 * the future, by a key that is neither expired nor revoked at `now`; a subkey counts only with its back-signature.
 * Signatures of others say nothing, for or against. / /
 */
export async function verify(o: {
  signedMessage: Uint8Array;
  publicKey: PublicKeyBlock;
  now: number;
}): Promise<SignatureCheck> {
  const reading = readSignedMessage(o.signedMessage);
  if (reading.outcome !== 'read') return invalid('bad-signature');
  const signed = signedOctets(reading.message.literal.octets);
  const signatures = reading.message.signatures.flatMap(readClaim);
  if (signatures.length === 0) return invalid('bad-signature');
  const [raw] = readKeyBlock(o.publicKey) ?? [];
  if (raw === undefined) return invalid('wrong-key');
  const assessment = await assessKey(raw, o.now);
  if (assessment.outcome === 'refused') return invalid(reasonOf(assessment.reason));
  return bestOf(signatures, assessment.key, (claim, signer) => judge({ ...claim, signed, signer, now: o.now }));
}

/** What a signature of this type is made over; undefined for a text that is too large with its line ends. */
type SignedOctets = (type: number) => Uint8Array | undefined;

/** All text signatures are made over the same octets: they are made once, and only where there is such a signature. */
function signedOctets(octets: Uint8Array): SignedOctets {
  let text: { readonly octets: Uint8Array | undefined } | undefined;
  return (type) => {
    if (type !== SIGNATURE.text) return octets;
    // Each line end may have one octet more than in the literal, which has its limit.
    text ??= { octets: withCrlf(octets, 2 * MAX_DECRYPTED_BYTES) };
    return text.octets;
  };
}

type Claim = { readonly onePass: Uint8Array | undefined; readonly signature: RawSignature };

function readClaim({ onePass, signature: body }: MessageSignature): Claim[] {
  const signature = readSignature(body);
  return signature === undefined ? [] : [{ onePass, signature }];
}

/** The first signature of this key that is good; else why one is not: what time mends before what nothing does. */
async function bestOf(
  claims: readonly Claim[],
  key: AssessedKey,
  check: (claim: Claim, signer: AnyKeyPacket) => Promise<SignatureCheck>,
): Promise<SignatureCheck> {
  let found = invalid('wrong-key');
  for (const claim of claims) {
    const signer = signerOf(claim.signature, key);
    if (signer === undefined) continue;
    const judged = await check(claim, signer);
    if (judged.outcome === 'valid') return judged;
    if (found.outcome === 'invalid' && found.reason !== 'future') found = judged;
  }
  return found;
}

async function judge(
  o: Claim & { readonly signed: SignedOctets; readonly signer: AnyKeyPacket; readonly now: number },
): Promise<SignatureCheck> {
  const { onePass, signature, signer } = o;
  const { type } = signature;
  if (type !== SIGNATURE.binary && type !== SIGNATURE.text) return invalid('wrong-type');
  if (!hasStrongHash(signature)) return invalid('weak-hash');
  if (onePass !== undefined && !agreesWithOnePass(onePass, signature)) return invalid('bad-signature');
  const octets = o.signed(type);
  if (octets === undefined || !(await verifies(signature, { key: signer, type, over: literalOf(octets) })))
    return invalid('bad-signature');
  return judgeTimes(signature, signer, o.now);
}

function judgeTimes(signature: RawSignature, signer: AnyKeyPacket, now: number): SignatureCheck {
  const signedAt = createdAt(signature);
  if (signedAt > now + MAX_CLOCK_SKEW_MS) return invalid('future');
  if (signedAt < signer.created.getTime()) return invalid('bad-signature');
  if (expiresAt(signature) <= now) return invalid('expired');
  return { outcome: 'valid', signedAt };
}

/** By full fingerprint where the signature names one, else by key ID: it must verify with this key all the same. */
function signerOf(signature: RawSignature, key: AssessedKey): AnyKeyPacket | undefined {
  const subkeys: AnyKeyPacket[] = key.signingSubkeys.map((subkey) => subkey.key);
  const signers = key.primarySigns ? [key.primary, ...subkeys] : subkeys;
  return signers.find((signer) => claimsIssuer(signature, signer));
}

/** Version 3: version, type, hash, key algorithm, key ID, «last» (RFC 9580, 5.4). */
function agreesWithOnePass(onePass: Uint8Array, { type, fields }: RawSignature): boolean {
  const keyId = Buffer.from(fields.issuerKeyID.toHex(), 'hex');
  const expected = [3, type, fields.hashAlgorithm, fields.publicKeyAlgorithm, ...keyId];
  return onePass.length === expected.length + 1 && expected.every((octet, index) => onePass[index] === octet);
}

function reasonOf(refusal: KeyRefusal): SignatureRefusal {
  if (refusal === 'key-expired' || refusal === 'key-revoked') return refusal;
  if (refusal === 'certification-future') return 'future';
  return refusal === 'weak-hash' ? 'weak-hash' : 'wrong-key';
}

function invalid(reason: SignatureRefusal): SignatureCheck {
  return { outcome: 'invalid', reason };
}
