import { createHash, randomBytes } from 'node:crypto';
import { PosthornError } from '../../../shared/errors';
import { MAX_DECRYPTED_BYTES } from '../domain/limits';
import type { PublicKeyBlock, SecretKeyBlock } from '../ports';
import { aesCfb } from './aes-cfb';
import { encodeArmor } from './armor';
import { assessKey } from './assess-key';
import { readKeyBlock } from './key-block';
import { literalOf, literalPrefix } from './literal-data';
import { enums, type PublicSubkeyPacket, type SecretKeyPacket } from './openpgp-library';
import { TAG, concatBytes, joinPackets, packetHeader } from './packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { encryptSessionKey, type SessionKey } from './session-key';
import { SIGNATURE, makeSignature, type RawSignature } from './signatures';

const BLOCK = 16;
const MDC_OCTETS = 22;

/**
 * Signs `content` (binary, SHA-512, one pass) and encrypts it to every key of `recipients`: SEIPD version 1, AES-256, no
 * compression, because the size of compressed text tells about it. ASCII armor with checksum, CRLF line ends.
 * @param o.now milliseconds; the time in the signature, but never before its key
 * @throws PosthornError `too-large` above MAX_DECRYPTED_BYTES, `key-refused` when a recipient's key cannot be used at `now`
 */
export async function seal(o: {
  content: Uint8Array;
  secretKey: SecretKeyBlock;
  recipients: readonly PublicKeyBlock[];
  now: number;
}): Promise<Uint8Array> {
  if (o.content.length > MAX_DECRYPTED_BYTES) throw tooLarge();
  if (o.recipients.length === 0) throw new PosthornError('no-recipient', 'The message has no recipient. It was not sealed.');
  const { primary } = await readSecretKeyBlock(o.secretKey);
  // With a clock that was set back the message would seem older than its key, and every peer would refuse it for good.
  const at = Math.max(o.now, primary.created.getTime());
  const signature = await makeSignature({ key: primary, type: SIGNATURE.binary, over: literalOf(o.content), at });
  const sessionKey = { algorithm: enums.symmetric.aes256, key: Uint8Array.from(randomBytes(32)) };
  const head = await sessionKeyPackets(o.recipients, sessionKey, o.now);
  const sealed = encryptInPlace({ head, before: beforeContent(primary, o.content), content: o.content, signature, sessionKey });
  return encodeArmor('PGP MESSAGE', sealed);
}

async function sessionKeyPackets(recipients: readonly PublicKeyBlock[], sessionKey: SessionKey, now: number): Promise<Uint8Array> {
  const packets = [];
  for (const recipient of recipients) {
    const body = await encryptSessionKey(sessionKey, await encryptionKeyOf(recipient, now));
    packets.push({ tag: TAG.encryptedSessionKey, body });
  }
  return joinPackets(packets);
}

async function encryptionKeyOf(block: PublicKeyBlock, now: number): Promise<PublicSubkeyPacket> {
  const [raw] = readKeyBlock(block) ?? [];
  const assessment = raw && (await assessKey(raw, now));
  const subkey = assessment?.outcome === 'usable' ? assessment.key.encryption : undefined;
  if (subkey === undefined) {
    throw new PosthornError('key-refused', "A recipient's key has expired or cannot be used. The message was not sealed.");
  }
  return subkey.key;
}

/** One-pass signature packet (RFC 9580, 5.4) and the head of the literal packet. */
function beforeContent(signer: SecretKeyPacket, content: Uint8Array): Uint8Array {
  const onePass = concatBytes([
    Uint8Array.of(3, SIGNATURE.binary, enums.hash.sha512, signer.algorithm),
    Buffer.from(signer.getKeyID().toHex(), 'hex'),
    Uint8Array.of(1),
  ]);
  const prefix = literalPrefix();
  return concatBytes([
    packetHeader(TAG.onePassSignature, onePass.length),
    onePass,
    packetHeader(TAG.literal, prefix.length + content.length),
    prefix,
  ]);
}

/** Lays the whole binary message out in one buffer and encrypts its tail where it stands: 36 MB are copied once. */
function encryptInPlace(o: {
  readonly head: Uint8Array;
  readonly before: Uint8Array;
  readonly content: Uint8Array;
  readonly signature: RawSignature;
  readonly sessionKey: SessionKey;
}): Uint8Array {
  const after = joinPackets([{ tag: TAG.signature, body: o.signature.body }]);
  const random = randomBytes(BLOCK);
  const prefix = concatBytes([random, random.subarray(BLOCK - 2)]);
  const plainLength = prefix.length + o.before.length + o.content.length + after.length + MDC_OCTETS;
  const head = concatBytes([o.head, packetHeader(TAG.encryptedWithIntegrity, plainLength + 1), Uint8Array.of(1)]);
  const message = concatBytes([head, prefix, o.before, o.content, after, Uint8Array.of(0xd3, 0x14), new Uint8Array(MDC_OCTETS - 2)]);
  const plain = message.subarray(head.length);
  const hashed = plain.subarray(0, plain.length - MDC_OCTETS + 2);
  plain.set(createHash('sha1').update(hashed).digest(), hashed.length);
  aesCfb('encrypt', o.sessionKey.key, plain);
  return message;
}

function tooLarge(): PosthornError {
  return new PosthornError('too-large', 'The message is larger than its recipients would accept. It was not sealed.');
}
