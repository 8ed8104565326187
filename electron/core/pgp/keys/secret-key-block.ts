import { PosthornError } from '../../../../shared/errors';
import type { SecretKeyBlock } from '../../ports/keys';
import { SecretKeyPacket, SecretSubkeyPacket } from '../packets/openpgp-library';
import { TAG, splitPackets } from '../packets/packet-framing';

/** The key material of an identity, ready to sign and to decrypt. */
export type SecretKeys = { readonly primary: SecretKeyPacket; readonly subkeys: readonly SecretSubkeyPacket[] };

const MAX_PACKETS = 100;

/**
 * Reads an unprotected transferable secret key (RFC 9580, 10.2).
 * @throws PosthornError `internal` when the vault gave anything else
 */
export async function readSecretKeyBlock(block: SecretKeyBlock): Promise<SecretKeys> {
  const packets = splitPackets(block, MAX_PACKETS) ?? [];
  const first = packets.find((packet) => packet.tag === TAG.secretKey);
  if (first === undefined) throw unreadable();
  const primary = await readPacket(new SecretKeyPacket(), first.body);
  const subkeys: SecretSubkeyPacket[] = [];
  for (const packet of packets) {
    if (packet.tag === TAG.secretSubkey) subkeys.push(await readPacket(new SecretSubkeyPacket(), packet.body));
  }
  return { primary, subkeys };
}

async function readPacket<T extends SecretKeyPacket | SecretSubkeyPacket>(packet: T, body: Uint8Array): Promise<T> {
  try {
    await packet.read(body);
  } catch (cause) {
    throw unreadable(cause);
  }
  if (!packet.isDecrypted()) throw unreadable();
  return packet;
}

function unreadable(cause?: unknown): PosthornError {
  return new PosthornError('internal', 'The key of this identity cannot be read. Nothing was sent or changed.', {
    cause,
  });
}
