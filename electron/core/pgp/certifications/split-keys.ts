import {
  MAX_IMPORT_BYTES,
  MAX_IMPORT_KEYS,
  MAX_KEY_BLOCK_BYTES,
  MAX_SIGNATURES_BY_ISSUER,
} from '../../domain/key-limits';
import type { SplitKey } from '../../ports/certification-pgp';
import { publicKeysIn } from '../keys/armored-keys';
import { canonicalBody } from './canonical-certification';
import { sortKey, type SortedKey } from './foreign-certifications';
import { walkKeys } from '../keys/key-walker';
import { TAG, joinPackets, type Packet } from '../packets/packet-framing';

/** Header of a packet below 8 KiB. */
const HEADER_OCTETS = 3;

/**
 * Parts a file of public keys, armored or binary, into single keys with their own signatures and the newest
 * certifications by others, as many as MAX_FOREIGN_CERTIFICATIONS and MAX_KEY_BLOCK_BYTES let in. A key without one
 * User ID that is an address has no `address`. `undefined` when there is no key in it or it is larger than
 * MAX_IMPORT_BYTES; keys after MAX_IMPORT_KEYS are left out.
 */
export async function splitKeys(o: { content: Uint8Array }): Promise<SplitKey[] | undefined> {
  if (o.content.length > MAX_IMPORT_BYTES) return undefined;
  const keys: SplitKey[] = [];
  for (const content of publicKeysIn(o.content)) {
    for (const walked of walkKeys(content)) {
      if (keys.length === MAX_IMPORT_KEYS) return keys;
      keys.push(splitKey(await sortKey(walked)));
    }
  }
  return keys.length === 0 ? undefined : keys;
}

function splitKey(key: SortedKey): SplitKey {
  const own = withoutFlood(key.own);
  const room = MAX_KEY_BLOCK_BYTES - own.reduce((sum, packet) => sum + packet.body.length + HEADER_OCTETS, 0);
  const block = joinPackets(withForeign(own, fitting(key, room)));
  return { block, fingerprint: key.fingerprint, ...(key.address !== undefined && { address: key.address }) };
}

/** Keeps one signature more than the check of the key reads, so that the check refuses the key as a flood. */
function withoutFlood(own: readonly Packet[]): Packet[] {
  let signatures = 0;
  return own.filter((packet) => {
    signatures = packet.tag === TAG.signature ? signatures + 1 : 0;
    return signatures <= 2 * (MAX_SIGNATURES_BY_ISSUER + 1);
  });
}

function fitting(key: SortedKey, room: number): Packet[] {
  let left = room;
  const packets: Packet[] = [];
  for (const fields of key.foreign) {
    const body = canonicalBody(fields);
    left -= body.length + HEADER_OCTETS;
    if (left < 0) break;
    packets.push({ tag: TAG.signature, body });
  }
  return packets;
}

/** Certifications stand after the signatures of the first User ID. */
export function withForeign(own: readonly Packet[], foreign: readonly Packet[]): Packet[] {
  const userId = own.findIndex(({ tag }) => tag === TAG.userId);
  if (userId < 0) return [...own];
  const after = own.findIndex(({ tag }, index) => index > userId && tag !== TAG.signature);
  const at = after < 0 ? own.length : after;
  return [...own.slice(0, at), ...foreign, ...own.slice(at)];
}
