import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import { present } from '../../../../shared/present';
import type { IncomingAttachment, SubmittedLetter } from '../../ports/mime';
import { readMessageId } from '../octets/message-id';
import { checkOctets } from '../octets/octet-checks';
import { readSingleAddress } from '../octets/read-addresses';
import { fieldOf, readStructure, type MimePart } from '../octets/structure-checks';
import { forwardedMessage } from './forwarded-message';
import { bodiesOf } from './read-bodies';
import { headersOf } from './read-head';

type Refused = Extract<SubmittedLetter, { outcome: 'refused' }>;

const refused = (reason: Refused['reason']): Refused => ({ outcome: 'refused', reason });

/** S/MIME (RFC 8551): what is opaque, encrypted or not. */
const OPAQUE = /^application\/(?:x-)?pkcs7-mime$/;

/**
 * A letter of another program (RFC 6409): who writes to whom, and what. Date and Message-ID may be missing. A signature
 * is left out, because what it signs is written anew; what the program has sealed cannot be read, and is refused.
 */
export function readSubmitted(octets: Uint8Array): SubmittedLetter {
  const wrong = checkOctets(octets);
  if (wrong) return refused(wrong);
  const structure = readStructure(octets);
  if (structure.outcome === 'refused') return refused(structure.reason);
  const { root } = structure;
  const from = fieldOf(root, 'from');
  if (from === undefined) return refused('missing-header');
  const writer = readSingleAddress(asciiLowerCase(from));
  if (!writer) return refused('bad-address');
  const content = withoutReport(signedPart(root) ?? root);
  if (isSealed(content)) return refused('sealed-by-program');
  const { headersProtected: _protected, ...headers } = headersOf(root);
  const messageId = readMessageId(fieldOf(root, 'message-id'));
  const bodies = bodiesOf({ root: content, content: octets, keysAreFiles: true });
  return {
    outcome: 'parsed',
    from: writer,
    ...present({ messageId }),
    ...headers,
    ...bodies,
    attachments: bodies.attachments.map(forwarded),
  };
}

const forwarded = (file: IncomingAttachment): IncomingAttachment =>
  /^message\/(?:rfc822|global)$/.test(file.contentType) ? { ...file, content: forwardedMessage(file.content) } : file;

/** RFC 1847 2.1: the first of its two parts. */
function signedPart(root: MimePart): MimePart | undefined {
  return root.contentType.value === 'multipart/signed' ? root.children[0] : undefined;
}

/** A receipt (RFC 8098 3) names the writer's program and system for programs; for people it has a text. */
function withoutReport(part: MimePart): MimePart {
  const { value, parameters } = part.contentType;
  const isReceipt =
    value === 'multipart/report' && parameters.get('report-type')?.toLowerCase() === 'disposition-notification';
  return (isReceipt ? part.children[0] : undefined) ?? part;
}

function isSealed({ contentType: { value } }: MimePart): boolean {
  return value === 'multipart/encrypted' || OPAQUE.test(value);
}
