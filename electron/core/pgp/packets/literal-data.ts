import { LiteralDataPacket, enums } from './openpgp-library';
import { concatBytes } from './packet-framing';

const BINARY = 'b'.charCodeAt(0);
const TEXT: ReadonlySet<number> = new Set(['t', 'u'].map((letter) => letter.charCodeAt(0)));
const [CR, LF] = [0x0d, 0x0a];

/** `octets` as they stand, which a binary signature is made over; `isText`: every line of it ends with CR LF. */
export type Literal = { readonly octets: Uint8Array; readonly isText: boolean };

/** A literal packet; in one that says it is text, every line ends with CR LF (RFC 9580, 5.9), see `withCrlf`. */
export function readLiteral(body: Uint8Array): Literal | undefined {
  const octets = literalContent(body);
  return octets && { octets, isText: TEXT.has(body[0] ?? 0) };
}

/**
 * The octets with every bare LF turned into CR LF, as a text signature is made over them (RFC 9580, 5.2.1.2).
 * Nothing is copied when nothing has to be changed, nor when the result would have more than `most` octets: it is
 * undefined then. OpenPGP.js would list the place of each line end, which is a list of millions.
 */
export function withCrlf(octets: Uint8Array, most: number): Uint8Array | undefined {
  let bare = 0;
  for (let at = octets.indexOf(LF); at >= 0; at = octets.indexOf(LF, at + 1)) if (octets[at - 1] !== CR) bare += 1;
  if (octets.length + bare > most) return undefined;
  if (bare === 0) return octets;
  const changed = new Uint8Array(octets.length + bare);
  let filled = 0;
  for (let at = 0; at < octets.length; at += 1) {
    if (octets[at] === LF && octets[at - 1] !== CR) changed[filled++] = CR;
    changed[filled++] = octets[at] ?? 0;
  }
  return changed;
}

/** What OpenPGP.js leaves out of its declared types. */
type LiteralBytes = { setBytes(bytes: Uint8Array, format: number): void };

/** `content` as OpenPGP.js wants to be given what a message signature is made over; nothing is copied. */
export function literalOf(content: Uint8Array): object {
  const packet = new LiteralDataPacket();
  (packet as unknown as LiteralBytes).setBytes(content, enums.literal.binary);
  return packet;
}

/** What stands before the content in a literal packet: binary, no file name, no date (RFC 9580, 5.9). */
export function literalPrefix(): Uint8Array {
  return concatBytes([Uint8Array.of(BINARY, 0), new Uint8Array(4)]);
}

/** The octets of a literal packet body as they stand, whatever its format octet. */
export function literalContent(body: Uint8Array): Uint8Array | undefined {
  const nameLength = body[1];
  if (nameLength === undefined) return undefined;
  const start = 2 + nameLength + 4;
  return start > body.length ? undefined : body.subarray(start);
}
