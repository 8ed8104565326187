import type { MimeRefusal } from '../../domain/refusals';
import type { SignedPost } from '../../ports/mime';
import { checkOctets } from '../octets/octet-checks';
import { bodyOf } from '../octets/part-body';
import { fieldOf, readStructure, type MimePart } from '../octets/structure-checks';

const refused = (reason: MimeRefusal): SignedPost => ({ outcome: 'refused', reason });

/** What readers see of a message must be what its author has signed. */
const SIGNED_FIELDS = ['from', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'reply-to'];

/**
 * The form of RFC 3156 5 and no other: two parts without a preamble, the first with the same header fields as the
 * whole. Its signature is not verified here.
 */
export function parsePost(octets: Uint8Array): SignedPost {
  const fault = checkOctets(octets);
  if (fault) return refused(fault);
  const structure = readStructure(octets);
  if (structure.outcome === 'refused') return refused(structure.reason);
  return partsOf(structure.root, octets) ?? refused('malformed');
}

function partsOf(root: MimePart, octets: Uint8Array): SignedPost | undefined {
  const [content, signature, ...others] = root.children;
  if (!isSigned(root) || !content || !signature || others.length > 0) return undefined;
  if (signature.contentType.value !== 'application/pgp-signature') return undefined;
  const to = fieldOf(root, 'to');
  const isSame = SIGNED_FIELDS.every((name) => fieldOf(root, name) === fieldOf(content, name));
  const start = startOfFirst(root, octets);
  if (to === undefined || !isSame || start === undefined) return undefined;
  return {
    outcome: 'signed',
    content: octets.slice(start, content.bodyEnd),
    signature: Uint8Array.from(bodyOf(signature, octets)),
    to,
  };
}

function isSigned({ contentType: { value, parameters } }: MimePart): boolean {
  return value === 'multipart/signed' && parameters.get('protocol')?.toLowerCase() === 'application/pgp-signature';
}

/** Where the header of the first part begins: right behind a delimiter that is the first line of the body. */
function startOfFirst({ contentType, bodyStart }: MimePart, octets: Uint8Array): number | undefined {
  const line = `--${contentType.parameters.get('boundary') ?? ''}\r\n`;
  const begin = Buffer.from(
    octets.buffer,
    octets.byteOffset + bodyStart,
    Math.min(line.length, octets.length - bodyStart),
  );
  return begin.toString('latin1') === line ? bodyStart + line.length : undefined;
}
