import { LiteralDataPacket, enums } from './openpgp-library';
import { concatBytes } from './packet-framing';

const BINARY = 'b'.charCodeAt(0);

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

/** The content of a literal packet body, whatever its format octet: line ends are never converted. */
export function literalContent(body: Uint8Array): Uint8Array | undefined {
  const nameLength = body[1];
  if (nameLength === undefined) return undefined;
  const start = 2 + nameLength + 4;
  return start > body.length ? undefined : body.subarray(start);
}
