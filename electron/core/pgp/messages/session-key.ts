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

/**
 * The session key out of the packets meant for one of our subkeys (by key ID, or by the wildcard ID zero). `undefined`
 * when none of them opens. Only ECDH subkeys are ours, so there is no padding oracle to guard against.
 */
export async function decryptSessionKey(
  bodies: readonly Uint8Array[],
  keys: SecretKeys,
): Promise<SessionKey | undefined> {
  const own = keys.subkeys.filter((subkey) => subkey.algorithm === enums.publicKey.ecdh);
  for (const body of bodies) {
    for (const key of own) {
      const found = await tryDecrypt(body, key);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function tryDecrypt(body: Uint8Array, key: AnySecretKeyPacket): Promise<SessionKey | undefined> {
  try {
    const packet = newPacket();
    packet.read(body);
    if (packet.version !== 3 || !key.getKeyID().equals(packet.publicKeyID, true)) return undefined;
    await packet.decrypt(key);
    const { sessionKey, sessionKeyAlgorithm } = packet;
    if (sessionKey === null || sessionKeyAlgorithm === null || !AES_KEYS.has(sessionKeyAlgorithm)) return undefined;
    return { algorithm: sessionKeyAlgorithm, key: sessionKey };
  } catch {
    return undefined;
  }
}

function newPacket(): SessionKeyPacket {
  return new PublicKeyEncryptedSessionKeyPacket() as unknown as SessionKeyPacket;
}
