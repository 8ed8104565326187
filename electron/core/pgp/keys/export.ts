import type { PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import { encodeArmor } from '../packets/armor';
import { certifyingKeyBlock } from './onion-certifying-key';
import { encryptKey, readPrivateKey } from '../packets/openpgp-library';
import { PROFILE } from '../packets/openpgp-profile';
import { TAG, joinPackets, splitPackets, type Packet } from '../packets/packet-framing';

const MAX_PACKETS = 1_000;

/** ASCII armor of a public key block, CRLF line ends. */
export function armorPublicKey(publicKey: PublicKeyBlock): string {
  return text(encodeArmor('PGP PUBLIC KEY BLOCK', publicKey));
}

/**
 * The secret key locked with `passphrase` (AES-256, iterated and salted S2K: what gpg 2.2 reads), with the signatures
 * of the public block, the onion certification among them. ASCII armor, CRLF line ends.
 */
export async function exportSecretKey(o: {
  secretKey: SecretKeyBlock;
  publicKey: PublicKeyBlock;
  passphrase: string;
}): Promise<string> {
  const privateKey = await readPrivateKey({ binaryKey: o.secretKey, config: PROFILE });
  const locked = await encryptKey({ privateKey, passphrase: o.passphrase, config: PROFILE });
  const block = joinPackets(withSecretKeys(splitPackets(o.publicKey, MAX_PACKETS) ?? [], locked.write()));
  return text(encodeArmor('PGP PRIVATE KEY BLOCK', block));
}

/**
 * The public block with each key packet replaced by its secret form, which begins with the public one (RFC 9580,
 * 5.5.3). Subkeys that are shown as ended, and whose secret half is not in use any more, are left out with their
 * signatures.
 */
function withSecretKeys(packets: readonly Packet[], locked: Uint8Array): Packet[] {
  const secrets = (splitPackets(locked, MAX_PACKETS) ?? []).filter(
    ({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey,
  );
  const block: Packet[] = [];
  let isLeftOut = false;
  for (const packet of packets) {
    const isKey = packet.tag === TAG.publicKey || packet.tag === TAG.publicSubkey;
    const secret = secrets.find(({ body }) => Buffer.from(packet.body).equals(body.subarray(0, packet.body.length)));
    if (packet.tag !== TAG.signature) isLeftOut = isKey && secret === undefined;
    if (!isLeftOut) block.push(isKey && secret !== undefined ? secret : packet);
  }
  return block;
}

/** The onion certifying key (PROTOCOL.md 2), public and armored, for the key rings of GnuPG users. */
export async function exportCertifyingKey(o: { onionSeed: Uint8Array }): Promise<string> {
  return armorPublicKey(await certifyingKeyBlock(o.onionSeed));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
