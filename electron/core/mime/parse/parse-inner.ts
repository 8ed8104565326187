import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { present } from '../../../../shared/present';
import { MAX_MIME_DEPTH, MAX_SUBJECT_CHARACTERS } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';
import type { IncomingAttachment, InnerMessage } from '../../ports/mime';
import { safeFileName } from '../octets/file-name';
import { readHeaderDate } from '../octets/header-date';
import { plainTextOf } from './html-text';
import { keyBlocksOf } from './key-blocks';
import { takeLargeBodies, type WithoutLargeBodies } from './large-bodies';
import { readMessageId, readMessageIds } from '../octets/message-id';
import { readControlMessage } from '../control/read-control';
import { readNotices } from './notices';
import { checkOctets } from '../octets/octet-checks';
import { readAddressList, readSingleAddress } from '../octets/read-addresses';
import { fieldOf, MAX_ALL_HEADERS_BYTES, readStructure, type MimePart } from '../octets/structure-checks';
import { wellFormed } from '../octets/well-formed';

type Parsed = Extract<InnerMessage, { outcome: 'parsed' }>;
type Identity = Pick<Parsed, 'from' | 'messageId' | 'date'>;

const KEY_TYPE = 'application/pgp-keys';
const refused = (reason: MimeRefusal): { readonly outcome: 'refused'; readonly reason: MimeRefusal } => ({
  outcome: 'refused',
  reason,
});

/**
 * The decrypted entity, read once for verifying and for showing. Header fields come from the strictly checked
 * structure; bodies from postal-mime, which sees only what passed. An attached message stays an attachment.
 */
export async function parseInner(content: Uint8Array): Promise<InnerMessage> {
  const octets = checkOctets(content);
  if (octets) return refused(octets);
  const structure = readStructure(content);
  if (structure.outcome === 'refused') return refused(structure.reason);
  const identity = identityOf(structure.root);
  if ('outcome' in identity) return identity;
  const { content: light, restore } = takeLargeBodies(content, structure.root);
  const email = await parseBodies(light);
  if (!email) return refused('malformed');
  const headers = headersOf(structure.root, email);
  const parts = email.attachments.filter(isKey).map((attachment) => restore(contentOf(attachment)));
  const keyBlocks = keyBlocksOf({
    parts,
    fields: structure.root.fields,
    from: identity.from,
    recipients: [...headers.to, ...headers.cc],
  });
  const control = readControlMessage(structure.root, content);
  const bodies = await bodiesOf(email, restore);
  return {
    outcome: 'parsed',
    ...identity,
    ...headers,
    ...bodies,
    keyBlocks,
    notices: readNotices(structure.root),
    ...(control ? { control } : {}),
  };
}

async function parseBodies(content: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(content, {
      forceRfc822Attachments: true,
      maxRfc822NestingDepth: 0,
      maxNestingDepth: MAX_MIME_DEPTH + 1,
      maxHeadersSize: MAX_ALL_HEADERS_BYTES,
    });
  } catch {
    return undefined;
  }
}

function identityOf(root: MimePart): Identity | ReturnType<typeof refused> {
  const fields = ['from', 'message-id', 'date'].map((name) => fieldOf(root, name));
  const [fromField, messageIdField, dateField] = fields;
  if (fromField === undefined || messageIdField === undefined || dateField === undefined)
    return refused('missing-header');
  const from = readSingleAddress(fromField);
  if (!from) return refused('bad-address');
  const messageId = readMessageId(messageIdField);
  const date = readHeaderDate(dateField);
  return messageId === undefined || date === undefined ? refused('malformed') : { from, messageId, date };
}

function headersOf(
  root: MimePart,
  email: Email,
): Pick<Parsed, 'to' | 'cc' | 'bcc' | 'subject' | 'inReplyTo' | 'references' | 'headersProtected'> {
  const { parameters } = root.contentType;
  const inReplyTo = readMessageIds(fieldOf(root, 'in-reply-to')).at(-1);
  return {
    to: readAddressList(fieldOf(root, 'to')),
    cc: readAddressList(fieldOf(root, 'cc')),
    bcc: readAddressList(fieldOf(root, 'bcc')),
    subject: oneLine(email.subject ?? ''),
    ...present({ inReplyTo }),
    references: readMessageIds(fieldOf(root, 'references')),
    headersProtected:
      parameters.get('hp')?.toLowerCase() === 'cipher' || parameters.get('protected-headers')?.toLowerCase() === 'v1',
  };
}

/** Encoded words can hold line ends; nothing of a subject may look like another line. */
function oneLine(text: string): string {
  return wellFormed(text.slice(0, MAX_SUBJECT_CHARACTERS))
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

async function bodiesOf(
  email: Email,
  restore: WithoutLargeBodies['restore'],
): Promise<Pick<Parsed, 'text' | 'html' | 'attachments'>> {
  // postal-mime ends every text with one line end more than the part had.
  const text = email.text?.replace(/\n$/, '') ?? (email.html === undefined ? '' : await plainTextOf(email.html));
  return {
    text: wellFormed(text).replaceAll('\0', ''),
    ...(email.html === undefined ? {} : { html: wellFormed(email.html).replaceAll('\0', '') }),
    attachments: email.attachments
      .filter((attachment) => !isKey(attachment))
      .map((attachment) => toAttachment(attachment, restore)),
  };
}

const isKey = (attachment: Attachment): boolean => attachment.mimeType === KEY_TYPE;

function toAttachment(attachment: Attachment, restore: WithoutLargeBodies['restore']): IncomingAttachment {
  const contentId = /^<?([^\s<>\p{Cc}]{1,290})>?$/u.exec(attachment.contentId?.trim() ?? '')?.[1];
  const isMessage = attachment.mimeType === 'message/rfc822';
  return {
    filename: safeFileName(attachment.filename, isMessage ? 'message.eml' : 'attachment'),
    contentType: /^[a-z0-9!#$&^_.+-]{1,99}\/[a-z0-9!#$&^_.+-]{1,99}$/.test(attachment.mimeType)
      ? attachment.mimeType
      : 'application/octet-stream',
    ...present({ contentId }),
    inline: attachment.disposition === 'inline' || attachment.related === true,
    content: restore(contentOf(attachment)),
  };
}

function contentOf(attachment: Attachment): Uint8Array {
  const { content } = attachment;
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : new Uint8Array(content);
}
