import { MAX_HIDDEN_RECIPIENTS, MAX_SESSION_KEY_TRIES } from '../../domain/key-limits';
import { lacksMemory } from '../../worker/lacks-memory';
import type { SecretKeys } from '../keys/secret-key-block';
import {
  PublicKeyEncryptedSessionKeyPacket,
  enums,
  type AnyKeyPacket,
  type AnySecretKeyPacket,
} from '../packets/openpgp-library';

/** An AES key for one message. */
export type SessionKey = { readonly algorithm: number; readonly key: Uint8Array };

const AES_KEYS: ReadonlySet<number> = new Set([enums.symmetric.aes128, enums.symmetric.aes192, enums.symmetric.aes256]);

/** The key ID of a recipient whom the sender does not name (RFC 9580, 5.1.8). */
const HIDDEN = '0'.repeat(16);

/** What OpenPGP.js leaves out of its declared types. */
type SessionKeyPacket = {
  version: number | null;
  publicKeyID: ReturnType<AnyKeyPacket['getKeyID']>;
  publicKeyAlgorithm: number | null;
  sessionKey: Uint8Array | null;
  sessionKeyAlgorithm: number | null;
  encrypt(key: AnyKeyPacket): Promise<void>;
  decrypt(key: AnySecretKeyPacket): Promise<void>;
  read(body: Uint8Array): void;
  write(): Uint8Array;
};

/** Body of a version 3 packet that gives `sessionKey` to the owner of `key` (RFC 9580, 5.1.1). */
export async function encryptSessionKey(sessionKey: SessionKey, key: AnyKeyPacket): Promise<Uint8Array> {
  const packet = newPacket();
  packet.version = 3;
  packet.publicKeyID = key.getKeyID();
  packet.publicKeyAlgorithm = key.algorithm;
  packet.sessionKey = sessionKey.key;
  packet.sessionKeyAlgorithm = sessionKey.algorithm;
  await packet.encrypt(key);
  return packet.write();
}

/** A packet with a session key, and for whom it says it is: a key ID, or zeros for a hidden recipient. */
type ForSomebody = { readonly body: Uint8Array; readonly keyId: ReturnType<AnyKeyPacket['getKeyID']> };

/**
 * The session key out of the packets meant for one of our subkeys: by key ID with any of `owners`; then, of hidden
 * recipients (key ID zero), the first MAX_HIDDEN_RECIPIENTS. After MAX_SESSION_KEY_TRIES in all it gives up.
 * `undefined` when none of them opens. Only ECDH subkeys are ours, so there is no padding oracle to guard against.
 */
export async function decryptSessionKey(
  bodies: readonly Uint8Array[],
  owners: readonly SecretKeys[],
): Promise<SessionKey | undefined> {
  const own = owners.flatMap(({ subkeys }) => subkeys.filter(({ algorithm }) => algorithm === enums.publicKey.ecdh));
  const packets = bodies.flatMap(recipientOf);
  const named = own.flatMap((key) =>
    packets.filter(({ keyId }) => keyId.equals(key.getKeyID())).map(({ body }) => ({ body, key })),
  );
  const hidden = packets.filter(({ keyId }) => keyId.toHex() === HIDDEN).slice(0, MAX_HIDDEN_RECIPIENTS);
  const guesses = own.flatMap((key) => hidden.map(({ body }) => ({ body, key })));
  for (const { body, key } of [...named, ...guesses].slice(0, MAX_SESSION_KEY_TRIES)) {
    const found = await tryDecrypt(body, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function recipientOf(body: Uint8Array): ForSomebody[] {
  const packet = readPacket(body);
  return packet?.version === 3 ? [{ body, keyId: packet.publicKeyID }] : [];
}

async function tryDecrypt(body: Uint8Array, key: AnySecretKeyPacket): Promise<SessionKey | undefined> {
  try {
    const packet = readPacket(body);
    await packet?.decrypt(key);
    const { sessionKey = null, sessionKeyAlgorithm = null } = packet ?? {};
    if (sessionKey === null || sessionKeyAlgorithm === null || !AES_KEYS.has(sessionKeyAlgorithm)) return undefined;
    return { algorithm: sessionKeyAlgorithm, key: sessionKey };
  } catch (error) {
    if (lacksMemory(error)) throw error;
    return undefined;
  }
}

function readPacket(body: Uint8Array): SessionKeyPacket | undefined {
  try {
    const packet = newPacket();
    packet.read(body);
    return packet;
  } catch {
    return undefined;
  }
}

function newPacket(): SessionKeyPacket {
  return new PublicKeyEncryptedSessionKeyPacket() as unknown as SessionKeyPacket;
}
