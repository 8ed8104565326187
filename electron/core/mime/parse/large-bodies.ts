import { randomBytes } from 'node:crypto';
import { fieldOf, type MimePart } from '../octets/structure-checks';

/** Base64 bodies from this size on are decoded natively, a hundred times faster than line by line. */
const LARGE = 64 * 1024;
const TOKEN_LENGTH = 36;
/** The parser would change the line ends of calendars; they come back as they were sent. */
const CALENDAR = /^(text\/calendar|application\/ics)$/;

/** A message without its large bodies, and what belongs in their place. */
export type WithoutLargeBodies = {
  readonly content: Uint8Array;
  /** The decoded body when the octets are a placeholder; otherwise the octets themselves. */
  readonly restore: (octets: Uint8Array) => Uint8Array;
};

/**
 * Puts a placeholder in the place of every large attachment in base64, so that the parser does not hold up everything
 * else for seconds. A placeholder is a random word, which the message's writer cannot have known.
 */
export function takeLargeBodies(content: Uint8Array, root: MimePart): WithoutLargeBodies {
  const large = leavesOf(root).filter(isLargeFile);
  if (large.length === 0) return { content, restore: (octets) => octets };
  const bodies = new Map<string, Uint8Array>();
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const part of large) {
    const token = randomBytes(TOKEN_LENGTH / 2).toString('hex');
    bodies.set(token, decode(content.subarray(part.bodyStart, part.bodyEnd)));
    pieces.push(
      content.subarray(at, part.bodyStart),
      Buffer.from(`${Buffer.from(token).toString('base64')}\r\n`, 'latin1'),
    );
    at = part.bodyEnd;
  }
  pieces.push(content.subarray(at));
  return { content: Buffer.concat(pieces), restore: (octets) => bodies.get(tokenOf(octets)) ?? octets };
}

function leavesOf(part: MimePart): MimePart[] {
  return part.children.length > 0 ? part.children.flatMap(leavesOf) : [part];
}

/** Text and messages are left to the parser, which reads charsets and more in them. */
function isLargeFile(part: MimePart): boolean {
  const { value, parameters } = part.contentType;
  if (fieldOf(part, 'content-transfer-encoding')?.toLowerCase() !== 'base64') return false;
  if (CALENDAR.test(value)) return /^(utf-8|us-ascii)$/i.test(parameters.get('charset') ?? 'utf-8');
  return part.bodyEnd - part.bodyStart >= LARGE && !/^(text|message|multipart)\//.test(value);
}

function decode(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const decoded = Buffer.from(text, 'base64');
  return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
}

function tokenOf(octets: Uint8Array): string {
  return octets.length > TOKEN_LENGTH + 1
    ? ''
    : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1').trimEnd();
}
