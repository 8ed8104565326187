import { MAX_SIGNATURES_OF_MESSAGE } from '../../domain/key-limits';
import type { PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import type { SignatureCheck } from '../../ports/pgp';
import { readSecretKeyBlock } from '../keys/secret-key-block';
import { decodeArmor, encodeArmor } from '../packets/armor';
import { literalOf, literalPrefix } from '../packets/literal-data';
import { concatBytes, joinPackets, splitPackets, TAG } from '../packets/packet-framing';
import { makeSignature, SIGNATURE } from '../packets/signatures';
import { verify } from './verify-signature';

/**
 * Signs octets that travel beside their signature (RFC 3156 5): binary, SHA-512, ASCII armor with CR LF.
 * @param o.now milliseconds; the time in the signature, but never before its key
 */
export async function signDetached(o: {
  content: Uint8Array;
  secretKey: SecretKeyBlock;
  now: number;
}): Promise<Uint8Array> {
  const { primary } = await readSecretKeyBlock(o.secretKey);
  const at = Math.max(o.now, primary.created.getTime());
  const { body } = await makeSignature({ key: primary, type: SIGNATURE.binary, over: literalOf(o.content), at });
  return encodeArmor('PGP SIGNATURE', joinPackets([{ tag: TAG.signature, body }]));
}

/** Verifies such a signature by the rules for signatures of messages (`verify`). Never throws for what is malformed. */
export async function verifyDetached(o: {
  content: Uint8Array;
  signature: Uint8Array;
  publicKey: PublicKeyBlock;
  now: number;
}): Promise<SignatureCheck> {
  const [block] = decodeArmor(o.signature, 'PGP SIGNATURE', 1) ?? [];
  const packets = block && splitPackets(block, MAX_SIGNATURES_OF_MESSAGE);
  if (!packets?.every(({ tag }) => tag === TAG.signature)) return { outcome: 'invalid', reason: 'bad-signature' };
  // Signatures before a literal are a message as old programs wrote it (RFC 9580, 10.3).
  const literal = { tag: TAG.literal, body: concatBytes([literalPrefix(), o.content]) };
  return verify({ signedMessage: joinPackets([...packets, literal]), publicKey: o.publicKey, now: o.now });
}
