/** Packet tags this program reads or writes (RFC 9580, 5). */
export const TAG = {
  encryptedSessionKey: 1,
  signature: 2,
  onePassSignature: 4,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressed: 8,
  unprotected: 9,
  marker: 10,
  literal: 11,
  trust: 12,
  userId: 13,
  publicSubkey: 14,
  userAttribute: 17,
  encryptedWithIntegrity: 18,
  /** «OCB encrypted data» of GnuPG 2.3, which RFC 9580 does not have. */
  encryptedByGnupg: 20,
  padding: 21,
} as const;

export type Packet = { readonly tag: number; readonly body: Uint8Array };

/** Types from here on are not critical: who does not know them passes them over (RFC 9580, 4.3). */
const FIRST_NOT_CRITICAL = 40;

/** Packets that say nothing, and stand wherever a packet may (RFC 9580, 5.8, 5.14 and 4.3). */
export function isPassedOver({ tag }: Packet): boolean {
  return tag === TAG.marker || tag === TAG.padding || tag >= FIRST_NOT_CRITICAL;
}

/** Partial body lengths are for data packets only (RFC 9580, 4.2.1.4). */
const DATA_TAGS: ReadonlySet<number> = new Set([
  TAG.compressed,
  TAG.unprotected,
  TAG.literal,
  TAG.encryptedWithIntegrity,
  TAG.encryptedByGnupg,
]);

/** Where a body, or one piece of it, lies in the input. */
type Piece = { readonly start: number; readonly end: number; readonly partial: boolean };

/**
 * Splits a packet sequence (RFC 9580, 4.2), old and new headers, partial and indeterminate lengths. Bodies are views of
 * `bytes`, except a body in partial pieces, which is joined. `undefined` when any header is wrong, a packet ends beyond
 * the input, or there are more than `maxPackets` packets. Those that `isLeftOut` answers are neither kept nor counted.
 */
export function splitPackets(
  bytes: Uint8Array,
  maxPackets: number,
  isLeftOut: (packet: Packet) => boolean = () => false,
): Packet[] | undefined {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const next = readPacket(bytes, at);
    if (next === undefined) return undefined;
    at = next.end;
    if (isLeftOut(next.packet)) continue;
    if (packets.length === maxPackets) return undefined;
    packets.push(next.packet);
  }
  return packets;
}

/**
 * The packet whose header is at `at`, and where it ends; `undefined` when the header is wrong or the input too short.
 */
export function readPacket(bytes: Uint8Array, at: number): { packet: Packet; end: number } | undefined {
  const first = byteAt(bytes, at);
  if ((first & 0x80) === 0) return undefined;
  if ((first & 0x40) === 0) return readOldPacket(bytes, at, first);
  const tag = first & 0x3f;
  const piece = readNewLength(bytes, at + 1);
  if (piece === undefined) return undefined;
  if (!piece.partial) return { packet: { tag, body: bytes.subarray(piece.start, piece.end) }, end: piece.end };
  if (!DATA_TAGS.has(tag)) return undefined;
  const joined = joinPieces(bytes, at + 1);
  return joined && { packet: { tag, body: joined.body }, end: joined.end };
}

function readOldPacket(bytes: Uint8Array, at: number, first: number): { packet: Packet; end: number } | undefined {
  const tag = (first >> 2) & 0x0f;
  const lengthType = first & 0x03;
  if (lengthType === 3) {
    if (!DATA_TAGS.has(tag)) return undefined;
    return { packet: { tag, body: bytes.subarray(at + 1) }, end: bytes.length };
  }
  const octets = 1 << lengthType;
  const start = at + 1 + octets;
  if (start > bytes.length) return undefined;
  const end = start + readNumber(bytes, at + 1, octets);
  return end > bytes.length ? undefined : { packet: { tag, body: bytes.subarray(start, end) }, end };
}

function readNewLength(bytes: Uint8Array, at: number): Piece | undefined {
  if (at >= bytes.length) return undefined;
  const first = byteAt(bytes, at);
  const octets = first < 192 || (first >= 224 && first < 255) ? 1 : first < 224 ? 2 : 5;
  const start = at + octets;
  if (start > bytes.length) return undefined;
  const end = start + newLength(bytes, at, first);
  return end > bytes.length ? undefined : { start, end, partial: first >= 224 && first < 255 };
}

function newLength(bytes: Uint8Array, at: number, first: number): number {
  if (first < 192) return first;
  if (first < 224) return ((first - 192) << 8) + byteAt(bytes, at + 1) + 192;
  if (first < 255) return 2 ** (first & 0x1f);
  return readNumber(bytes, at + 1, 4);
}

/**
 * Walks the pieces twice instead of listing them: a body in millions of one-octet pieces must not cost a list of
 * millions.
 */
function joinPieces(bytes: Uint8Array, at: number): { body: Uint8Array; end: number } | undefined {
  let total = 0;
  const end = walkPieces(bytes, at, (piece) => {
    total += piece.end - piece.start;
  });
  if (end === undefined) return undefined;
  const body = new Uint8Array(total);
  let filled = 0;
  walkPieces(bytes, at, (piece) => {
    body.set(bytes.subarray(piece.start, piece.end), filled);
    filled += piece.end - piece.start;
  });
  return { body, end };
}

function walkPieces(bytes: Uint8Array, at: number, visit: (piece: Piece) => void): number | undefined {
  let position = at;
  for (;;) {
    const piece = readNewLength(bytes, position);
    if (piece === undefined) return undefined;
    visit(piece);
    position = piece.end;
    if (!piece.partial) return position;
  }
}

/** Header of a packet in the new format with the shortest definite length (RFC 9580, 4.2.1). */
export function packetHeader(tag: number, length: number): Uint8Array {
  const first = 0xc0 | tag;
  if (length < 192) return Uint8Array.of(first, length);
  if (length < 8384) return Uint8Array.of(first, ((length - 192) >> 8) + 192, (length - 192) & 0xff);
  return Uint8Array.of(first, 255, length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff);
}

/** The packets in their binary form. */
export function joinPackets(packets: readonly Packet[]): Uint8Array {
  const parts = packets.flatMap((packet) => [packetHeader(packet.tag, packet.body.length), packet.body]);
  return concatBytes(parts);
}

/** One new array, never a view of a pool, so that its buffer may be handed to another thread. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function readNumber(bytes: Uint8Array, at: number, octets: number): number {
  let number = 0;
  for (let index = 0; index < octets; index += 1) number = number * 256 + byteAt(bytes, at + index);
  return number;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
