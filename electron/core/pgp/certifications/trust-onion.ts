import { onionOf } from '../../domain/mail-address';
import type { MailAddress } from '../../../../shared/ids';
import type { PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import { certify } from './certify';
import { certifyingKeyOf, userIdPacket } from '../keys/onion-certifying-key';
import { TAG, joinPackets, type Packet } from '../packets/packet-framing';

/**
 * For the key rings of GnuPG and Sequoia (PROTOCOL.md 2): the onion certifying key of `address` with a local trust
 * signature by `secretKey`: depth 1, amount 120, for names at that onion alone. Its self-signature can only be made by
 * who holds the onion, so GnuPG takes the key in with `--allow-non-selfsigned-uid`.
 */
export async function trustOnion(o: {
  secretKey: SecretKeyBlock;
  address: MailAddress;
  now: number;
}): Promise<PublicKeyBlock> {
  const onion = onionOf(o.address);
  const key = await certifyingKeyOf(o.address);
  const packets: Packet[] = [
    { tag: TAG.publicKey, body: key.write() },
    { tag: TAG.userId, body: userIdPacket(onion).write() },
  ];
  const { body } = await certify({
    secretKey: o.secretKey,
    subject: joinPackets(packets),
    level: 'positive',
    exportable: false,
    trust: { depth: 1, amount: 'full', regex: regexOf(onion) },
    now: o.now,
  });
  return joinPackets([...packets, { tag: TAG.signature, body }]);
}

/** As GnuPG writes the limit to a domain; every dot is meant as one. */
function regexOf(onion: string): string {
  return `<[^>]+[@.]${onion.replaceAll('.', '\\.')}>$`;
}
