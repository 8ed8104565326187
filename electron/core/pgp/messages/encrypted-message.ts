import { createHash, randomBytes } from 'node:crypto';
import { PosthornError } from '../../../../shared/errors';
import type { PublicKeyBlock } from '../../ports/keys';
import { aesCfb } from '../packets/aes-cfb';
import { encodeArmor } from '../packets/armor';
import { assessKey } from '../keys/assess-key';
import { readKeyBlock } from '../keys/key-block';
import { literalPrefix } from '../packets/literal-data';
import { enums, type PublicSubkeyPacket } from '../packets/openpgp-library';
import { TAG, concatBytes, joinPackets, packetHeader } from '../packets/packet-framing';
import { encryptSessionKey, type SessionKey } from './session-key';

const BLOCK = 16;
const MDC_OCTETS = 22;

/**
 * Encrypts a literal packet of `content`, with whole packets before and after it, to every key of `recipients`: SEIPD
 * version 1, AES-256, no compression, because the size of compressed text tells about it. ASCII armor with checksum,
 * CRLF line ends.
 * @throws PosthornError `key-refused` when a recipient's key cannot be used at `now` (milliseconds)
 */
export async function encryptMessage(o: {
  readonly before: Uint8Array;
  readonly content: Uint8Array;
  readonly after: Uint8Array;
  readonly recipients: readonly PublicKeyBlock[];
  readonly now: number;
}): Promise<Uint8Array> {
  const sessionKey = { algorithm: enums.symmetric.aes256, key: Uint8Array.from(randomBytes(32)) };
  const head = await sessionKeyPackets(o.recipients, sessionKey, o.now);
  const prefix = literalPrefix();
  const before = concatBytes([o.before, packetHeader(TAG.literal, prefix.length + o.content.length), prefix]);
  return encodeArmor('PGP MESSAGE', encryptInPlace({ head, before, content: o.content, after: o.after, sessionKey }));
}

async function sessionKeyPackets(
  recipients: readonly PublicKeyBlock[],
  sessionKey: SessionKey,
  now: number,
): Promise<Uint8Array> {
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
    throw new PosthornError(
      'key-refused',
      "A recipient's key has expired or cannot be used. The message was not sealed.",
    );
  }
  return subkey.key;
}

/** Lays the whole binary message out in one buffer and encrypts its tail where it stands: 36 MB are copied once. */
function encryptInPlace(o: {
  readonly head: Uint8Array;
  readonly before: Uint8Array;
  readonly content: Uint8Array;
  readonly after: Uint8Array;
  readonly sessionKey: SessionKey;
}): Uint8Array {
  const random = randomBytes(BLOCK);
  const prefix = concatBytes([random, random.subarray(BLOCK - 2)]);
  const plainLength = prefix.length + o.before.length + o.content.length + o.after.length + MDC_OCTETS;
  const head = concatBytes([o.head, packetHeader(TAG.encryptedWithIntegrity, plainLength + 1), Uint8Array.of(1)]);
  const message = concatBytes([
    head,
    prefix,
    o.before,
    o.content,
    o.after,
    Uint8Array.of(0xd3, 0x14),
    new Uint8Array(MDC_OCTETS - 2),
  ]);
  const plain = message.subarray(head.length);
  const hashed = plain.subarray(0, plain.length - MDC_OCTETS + 2);
  plain.set(createHash('sha1').update(hashed).digest(), hashed.length);
  aesCfb('encrypt', o.sessionKey.key, plain);
  return message;
}
