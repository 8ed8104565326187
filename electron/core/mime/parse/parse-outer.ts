import type { MimeRefusal } from '../../domain/refusals';
import type { OuterMessage } from '../../ports/mime';
import { readMessageId } from '../octets/message-id';
import { checkOctets } from '../octets/octet-checks';
import { encodingOf, rawBodyOf } from '../octets/part-body';
import { readSingleAddress } from '../octets/read-addresses';
import { fieldOf, readStructure, type MimePart } from '../octets/structure-checks';

const refused = (reason: MimeRefusal): OuterMessage => ({ outcome: 'refused', reason });

/**
 * What a peer sent, before any decryption: octets, structure, then exactly the form of RFC 3156 4 with its From and
 * Message-ID. `sealed` is the second part as it stands, still armored. An Autocrypt field out here is not read, because
 * it is not signed. Our own mail has none: it would tell every relay and disk which program wrote it.
 */
export function parseOuter(raw: Uint8Array): OuterMessage {
  const octets = checkOctets(raw);
  if (octets) return refused(octets);
  const structure = readStructure(raw);
  if (structure.outcome === 'refused') return refused(structure.reason);
  const { root } = structure;
  const fromField = fieldOf(root, 'from');
  const messageIdField = fieldOf(root, 'message-id');
  if (fromField === undefined || messageIdField === undefined) return refused('missing-header');
  const from = readSingleAddress(fromField);
  if (!from) return refused('bad-address');
  const messageId = readMessageId(messageIdField);
  if (messageId === undefined) return refused('malformed');
  const sealed = sealedPart(root, raw);
  return sealed ? { outcome: 'sealed', from, messageId, sealed } : refused('not-sealed');
}

/** The octets of the OpenPGP message in a form of RFC 3156 4, or undefined when the form is another one. */
export function sealedPart(root: MimePart, raw: Uint8Array): Uint8Array | undefined {
  const [control, content, ...others] = root.children;
  if (!isEncrypted(root) || !control || !content || others.length > 0) return undefined;
  if (!isPlain(control, 'application/pgp-encrypted') || !isPlain(content, 'application/octet-stream')) return undefined;
  const version = Buffer.from(rawBodyOf(control, raw)).toString('latin1', 0, 1_000);
  return /^\s*Version:\s*1\s*$/i.test(version) ? rawBodyOf(content, raw) : undefined;
}

function isEncrypted({ contentType: { value, parameters } }: MimePart): boolean {
  return value === 'multipart/encrypted' && parameters.get('protocol')?.toLowerCase() === 'application/pgp-encrypted';
}

const isPlain = (part: MimePart, type: string): boolean =>
  part.contentType.value === type && encodingOf(part) === 'identity';
