import { createHash, timingSafeEqual } from 'node:crypto';
import { MAX_MESSAGE_BYTES } from '../../domain/limits';
import { MAX_SESSION_KEYS } from '../../domain/key-limits';
import type { SecretKeyBlock } from '../../ports/keys';
import { aesCfb } from '../packets/aes-cfb';
import { decodeArmor, looksArmored } from '../packets/armor';
import { TAG, isPassedOver, splitPackets, type Packet } from '../packets/packet-framing';
import { readSecretKeyBlock, type SecretKeys } from '../keys/secret-key-block';
import { decryptSessionKey, type SessionKey } from './session-key';

type Refusal = 'unreadable' | 'not-for-this-key' | 'no-integrity-protection' | 'too-large' | 'malformed';
type Step<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'refused'; readonly reason: Refusal };
type Outer = { readonly sessionKeys: readonly Uint8Array[]; readonly encrypted: Uint8Array };

const PREFIX_OCTETS = 18;
const SHA1_OCTETS = 20;
const MDC_OCTETS = 22;

/**
 * Decrypts a message, armored or binary: session keys, one SEIPD version 1 packet, nothing else. Answers the packets
 * that were inside.
 * @param o.retired keys of before, tried in their order when the present one does not fit
 * @param o.isBare no packet but these may be there, not even one that says nothing
 * @param o.maxSessionKeys packets with a session key that are taken; more are no message of ours
 */
export async function openProtected(o: {
  readonly sealed: Uint8Array;
  readonly secretKey: SecretKeyBlock;
  readonly retired?: readonly SecretKeyBlock[];
  readonly maxSessionKeys?: number;
  readonly isBare?: boolean;
}): Promise<Step<Uint8Array>> {
  const outer = readOuter(o.sealed, o.isBare ?? false);
  if (outer.outcome === 'refused') return outer;
  const { sessionKeys, encrypted } = outer.value;
  if (sessionKeys.length > (o.maxSessionKeys ?? MAX_SESSION_KEYS)) return refused('malformed');
  const sessionKey = await findSessionKey(sessionKeys, o);
  return sessionKey === undefined ? refused('not-for-this-key') : openIntegrityProtected(encrypted, sessionKey);
}

/** The key in use first: the old ones are not even read but for old mail. */
async function findSessionKey(
  bodies: readonly Uint8Array[],
  o: { readonly secretKey: SecretKeyBlock; readonly retired?: readonly SecretKeyBlock[] },
): Promise<SessionKey | undefined> {
  const found = await decryptSessionKey(bodies, [await readSecretKeyBlock(o.secretKey)]);
  if (found !== undefined) return found;
  const retired: SecretKeys[] = [];
  for (const block of o.retired ?? []) retired.push(await readSecretKeyBlock(block));
  return decryptSessionKey(bodies, retired);
}

function readOuter(sealed: Uint8Array, isBare: boolean): Step<Outer> {
  if (sealed.length > MAX_MESSAGE_BYTES) return refused('too-large');
  const binary = toBinary(sealed);
  const packets = binary && splitPackets(binary, MAX_SESSION_KEYS + 1, isBare ? undefined : isPassedOver);
  return packets === undefined ? refused('unreadable') : sortOuter(packets);
}

function sortOuter(packets: readonly Packet[]): Step<Outer> {
  const last = packets.at(-1);
  if (last === undefined) return refused('unreadable');
  const others = packets.slice(0, -1);
  // Looked for among all packets first: the answer must not depend on the packets around an unprotected one.
  if (packets.some((packet) => packet.tag === TAG.unprotected)) return refused('no-integrity-protection');
  const isExpected =
    last.tag === TAG.encryptedWithIntegrity && others.every((packet) => packet.tag === TAG.encryptedSessionKey);
  if (!isExpected || others.length === 0) return refused('malformed');
  if (last.body[0] !== 1) return refused('unreadable');
  return {
    outcome: 'ok',
    value: { sessionKeys: others.map((packet) => packet.body), encrypted: last.body.subarray(1) },
  };
}

/** Always a new array, because it is decrypted in place. */
function toBinary(sealed: Uint8Array): Uint8Array | undefined {
  return looksArmored(sealed) ? decodeArmor(sealed, 'PGP MESSAGE', 1)?.[0] : new Uint8Array(sealed);
}

/**
 * Decrypts and checks the modification detection code (RFC 9580, 5.13.1); returns the packets between prefix and code.
 */
function openIntegrityProtected(data: Uint8Array, sessionKey: SessionKey): Step<Uint8Array> {
  if (data.length < PREFIX_OCTETS + MDC_OCTETS) return refused('no-integrity-protection');
  aesCfb('decrypt', sessionKey.key, data);
  const hashed = data.subarray(0, data.length - SHA1_OCTETS);
  const code = data.subarray(data.length - SHA1_OCTETS);
  const isIntact = timingSafeEqual(createHash('sha1').update(hashed).digest(), code);
  const isCode = hashed.at(-2) === 0xd3 && hashed.at(-1) === 0x14;
  if (!isIntact || !isCode) return refused('no-integrity-protection');
  return { outcome: 'ok', value: data.subarray(PREFIX_OCTETS, data.length - MDC_OCTETS) };
}

function refused(reason: Refusal): { readonly outcome: 'refused'; readonly reason: Refusal } {
  return { outcome: 'refused', reason };
}
