import { MAX_KEY_BLOCK_BYTES } from '../../domain/key-limits';
import { dearmorPublicKey } from '../octets/base64';
import { bodyOf } from '../octets/part-body';
import type { MimePart } from '../octets/structure-checks';
import { KEY_TYPE, leavesOf } from './leaves';

/** No encoding makes a key block more than this much larger: quoted-printable, of octets that all need it. */
const MOST_ENCODED = 3.2;

/** A User ID stands in a key as plain text; that of a key that is of use here names an onion. */
const ONION = /[a-z2-7]{56}\.onion/;

/** The bodies of all parts that say they hold keys and are not too large for it; whose keys is another question. */
export function keyPartsOf(root: MimePart, content: Uint8Array): Uint8Array[] {
  return leavesOf(root)
    .filter(isKeySize)
    .map((part) => bodyOf(part, content));
}

/**
 * Whether a part holds keys that this program reads, and so is nothing for a person. A key of somebody who has no
 * onion, one that is too large, and what only says that it is a key, are files that somebody sent.
 */
export function isOnionKey(part: MimePart, content: Uint8Array): boolean {
  if (!isKeySize(part)) return false;
  const body = bodyOf(part, content);
  if (body.length > MAX_KEY_BLOCK_BYTES) return false;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const key = text.includes('-----BEGIN PGP') ? dearmorPublicKey(text) : body;
  return key !== undefined && ONION.test(Buffer.from(key).toString('latin1'));
}

function isKeySize({ contentType: { value }, bodyStart, bodyEnd }: MimePart): boolean {
  return value === KEY_TYPE && bodyEnd - bodyStart <= MAX_KEY_BLOCK_BYTES * MOST_ENCODED;
}
