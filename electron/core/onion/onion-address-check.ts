import { ed25519 } from '@noble/curves/ed25519.js';
import type { OnionKeys } from '../ports/onion';
import { decodeBase32 } from '../domain/base32';
import { onionChecksum, ONION_VERSION } from './onion-checksum';

/** What is wrong with an onion name; `low-order` also stands for octets that are no point of the curve. */
export type OnionAddressCheck = ReturnType<OnionKeys['check']>;

const SUFFIX = '.onion';
const NAME_LETTERS = 56;
const KEY_BYTES = 32;
const VERSION_AT = 34;

/**
 * Checks `<56 base32>.onion` by itself: form, checksum, version, and that the key is a point of prime order, because
 * other points have several names (rend-spec-v3, 6). Takes a millisecond or so; keep the answer (`cachedOnionCheck`).
 */
export function checkOnionAddress(host: string): OnionAddressCheck {
  if (host.length !== NAME_LETTERS + SUFFIX.length || !host.toLowerCase().endsWith(SUFFIX)) return 'length';
  if (host !== host.toLowerCase()) return 'case';
  const octets = decodeBase32(host.slice(0, NAME_LETTERS));
  if (octets === undefined) return 'alphabet';
  const publicKey = octets.subarray(0, KEY_BYTES);
  const version = octets[VERSION_AT] ?? 0;
  const checksum = onionChecksum(publicKey, version);
  if (checksum[0] !== octets[KEY_BYTES] || checksum[1] !== octets[KEY_BYTES + 1]) return 'checksum';
  return version === ONION_VERSION ? checkPoint(publicKey) : 'version';
}

function checkPoint(publicKey: Uint8Array): OnionAddressCheck {
  try {
    const point = ed25519.Point.fromBytes(publicKey);
    if (point.isSmallOrder()) return 'low-order';
    return point.isTorsionFree() ? 'ok' : 'torsion';
  } catch {
    return 'low-order';
  }
}

/**
 * The same check that remembers its last answers.
 * @param limit how many are kept; peers choose the names, so the number is bounded and the oldest go first
 */
export function cachedOnionCheck(limit: number): (host: string) => OnionAddressCheck {
  const known = new Map<string, OnionAddressCheck>();
  return (host) => {
    // Answers for a wrong form cost nothing and would only push out the costly ones.
    if (host.length !== NAME_LETTERS + SUFFIX.length) return 'length';
    const before = known.get(host);
    if (before !== undefined) return before;
    const check = checkOnionAddress(host);
    const oldest = known.size >= limit ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(host, check);
    return check;
  };
}
