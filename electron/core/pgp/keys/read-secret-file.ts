import type { ImportProblem } from '../../../../shared/key-life';
import { MAX_IMPORT_BYTES, MAX_KEY_BLOCK_PACKETS } from '../../domain/key-limits';
import { decodeArmor, looksArmored } from '../packets/armor';
import { SecretKeyPacket, SecretSubkeyPacket, type AnySecretKeyPacket } from '../packets/openpgp-library';
import { TAG, splitPackets, type Packet } from '../packets/packet-framing';

/** The packets of the first secret key in a file, or why there is none. */
export type SecretFile =
  | { readonly outcome: 'read'; readonly packets: readonly Packet[] }
  | { readonly outcome: 'refused'; readonly problem: ImportProblem };

/** One secret key packet, unlocked, in its unprotected form. */
export type UnlockedPacket =
  | { readonly outcome: 'unlocked'; readonly key: AnySecretKeyPacket }
  | { readonly outcome: 'refused'; readonly problem: ImportProblem };

/** Takes a transferable secret key (RFC 9580, 10.2), armored or binary, apart; of several keys the first. */
export function readSecretFile(content: Uint8Array): SecretFile {
  if (content.length > MAX_IMPORT_BYTES) return refused('unreadable');
  const binary = binaryOf(content);
  if (binary === undefined) return refused(isPublicBlock(content) ? 'no-secret-key' : 'unreadable');
  const packets = splitPackets(binary, MAX_KEY_BLOCK_PACKETS) ?? [];
  if (packets[0]?.tag !== TAG.secretKey)
    return refused(packets[0]?.tag === TAG.publicKey ? 'no-secret-key' : 'unreadable');
  return { outcome: 'read', packets: firstKey(packets) };
}

function binaryOf(content: Uint8Array): Uint8Array | undefined {
  return looksArmored(content) ? decodeArmor(content, 'PGP PRIVATE KEY BLOCK', 1)?.[0] : content;
}

function firstKey(packets: readonly Packet[]): readonly Packet[] {
  const next = packets.findIndex((packet, index) => index > 0 && packet.tag === TAG.secretKey);
  return next < 0 ? packets : packets.slice(0, next);
}

function isPublicBlock(content: Uint8Array): boolean {
  return decodeArmor(content, 'PGP PUBLIC KEY BLOCK', 1) !== undefined;
}

/**
 * Unlocks a secret key packet and makes sure that its halves belong together: a public half that was swapped in a
 * locked file makes signatures that give the secret away.
 */
export async function unlockPacket(packet: Packet, passphrase: string | undefined): Promise<UnlockedPacket> {
  const key = packet.tag === TAG.secretKey ? new SecretKeyPacket() : new SecretSubkeyPacket();
  try {
    await key.read(packet.body);
  } catch {
    return refused('unreadable');
  }
  if (key.isDummy()) return refused('no-secret-key');
  if (key.isMissingSecretKeyMaterial()) return refused('kind-not-supported');
  if (!key.isDecrypted()) {
    const problem = await unlock(key, passphrase);
    if (problem !== undefined) return refused(problem);
  }
  return (await isConsistent(key)) ? { outcome: 'unlocked', key } : refused('unreadable');
}

/** Argon2 takes as much memory as the file says, and GnuPG never writes it. */
const ARGON2 = 'argon2';

async function unlock(key: AnySecretKeyPacket, passphrase: string | undefined): Promise<ImportProblem | undefined> {
  const { s2k } = key as unknown as { s2k: { type: string } | null };
  if (s2k === null || s2k.type === ARGON2) return 'kind-not-supported';
  if (passphrase === undefined || passphrase === '') return 'passphrase-needed';
  try {
    await key.decrypt(passphrase);
    return undefined;
  } catch {
    return 'passphrase-wrong';
  }
}

async function isConsistent(key: AnySecretKeyPacket): Promise<boolean> {
  try {
    await key.validate();
    return true;
  } catch {
    return false;
  }
}

function refused(problem: ImportProblem): { readonly outcome: 'refused'; readonly problem: ImportProblem } {
  return { outcome: 'refused', problem };
}
