/** One signature subpacket (RFC 9580, 5.2.3.7). */
export type Subpacket = { readonly type: number; readonly critical: boolean; readonly data: Uint8Array };

/** Subpacket types this program reads itself (RFC 9580, 5.2.3.7). */
export const SUBPACKET = {
  createdAt: 2,
  expiresAfter: 3,
  exportable: 4,
  trust: 5,
  regex: 6,
  issuerKeyId: 16,
  notation: 20,
  issuerFingerprint: 33,
} as const;

/**
 * The types that may be critical: the above without notations, and facts about keys, policies and signers that limit
 * nothing here.
 */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  2, 3, 4, 5, 6, 7, 9, 11, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 33, 34,
]);

/** No program writes more subpackets than this into one area of a certification. */
const MAX_SUBPACKETS = 64;

/** The subpackets of one area; `undefined` when one is empty or ends beyond it. */
export function readSubpackets(area: Uint8Array): Subpacket[] | undefined {
  const subpackets: Subpacket[] = [];
  let at = 0;
  while (at < area.length) {
    const { length, octets } = readLength(area, at);
    const start = at + octets;
    at = start + length;
    if (length === 0 || at > area.length || subpackets.length === MAX_SUBPACKETS) return undefined;
    const first = area[start] ?? 0;
    subpackets.push({ type: first & 0x7f, critical: first >= 0x80, data: area.subarray(start + 1, at) });
  }
  return subpackets;
}

/** Whether an implementation that follows RFC 9580, 5.2.3.7 must refuse the signature: critical and not understood. */
export function isRefusedAsCritical(subpacket: Subpacket): boolean {
  return subpacket.critical && !UNDERSTOOD.has(subpacket.type);
}

/** One subpacket in binary, for bodies shorter than 191 octets. */
export function writeSubpacket(type: number, data: Uint8Array): Uint8Array {
  return Uint8Array.of(data.length + 1, type, ...data);
}

function readLength(area: Uint8Array, at: number): { readonly length: number; readonly octets: number } {
  const first = area[at] ?? 0;
  if (first < 192) return { length: first, octets: 1 };
  if (first < 255) return { length: ((first - 192) << 8) + (area[at + 1] ?? 0) + 192, octets: 2 };
  const view = new DataView(area.buffer, area.byteOffset, area.byteLength);
  return { length: at + 5 > area.length ? Infinity : view.getUint32(at + 1), octets: 5 };
}
