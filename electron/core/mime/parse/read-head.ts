import { present } from '../../../../shared/present';
import { plainLine } from '../../../../shared/text/plain-line';
import { MAX_SUBJECT_CHARACTERS } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';
import type { InnerHead } from '../../ports/mime';
import { readControlMessage } from '../control/read-control';
import { readHeaderDate } from '../octets/header-date';
import { readMessageId, readMessageIds } from '../octets/message-id';
import { checkOctets } from '../octets/octet-checks';
import { readAddressList, readSingleAddress } from '../octets/read-addresses';
import { fieldOf, readStructure, type MimePart } from '../octets/structure-checks';
import { decodeWords } from '../text/encoded-words';
import { keyBlocksOf } from './key-blocks';
import { keyPartsOf } from './key-parts';
import { readNotices } from './notices';

type Parsed = Extract<InnerHead, { outcome: 'parsed' }>;
type Identity = Pick<Parsed, 'from' | 'messageId' | 'date'>;

const refused = (reason: MimeRefusal): { readonly outcome: 'refused'; readonly reason: MimeRefusal } => ({
  outcome: 'refused',
  reason,
});

/**
 * Who wrote a decrypted entity, to whom, and what its header says: all that has to be known before its signature is
 * verified. Of its bodies only those of keys and of a control message are read. Refuses what PROTOCOL.md 5 lists.
 */
export function readHead(content: Uint8Array): InnerHead {
  const octets = checkOctets(content);
  if (octets) return refused(octets);
  const structure = readStructure(content);
  if (structure.outcome === 'refused') return refused(structure.reason);
  const { root } = structure;
  const identity = identityOf(root);
  if ('outcome' in identity) return identity;
  const headers = headersOf(root);
  const recipients = [...headers.to, ...headers.cc];
  const parts = keyPartsOf(root, content);
  return {
    outcome: 'parsed',
    ...identity,
    ...headers,
    keyBlocks: keyBlocksOf({ parts, fields: root.fields, from: identity.from, recipients }),
    notices: readNotices(root),
    ...present({ control: readControlMessage(root, content) }),
  };
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

/** What says whom a message is for, and where it belongs. */
export function headersOf(
  root: MimePart,
): Pick<Parsed, 'to' | 'cc' | 'bcc' | 'subject' | 'inReplyTo' | 'references' | 'headersProtected'> {
  const { parameters } = root.contentType;
  const inReplyTo = readMessageIds(fieldOf(root, 'in-reply-to')).at(-1);
  return {
    to: readAddressList(fieldOf(root, 'to')),
    cc: readAddressList(fieldOf(root, 'cc')),
    bcc: readAddressList(fieldOf(root, 'bcc')),
    subject: plainLine(decodeWords(fieldOf(root, 'subject') ?? '').slice(0, MAX_SUBJECT_CHARACTERS)),
    ...present({ inReplyTo }),
    references: readMessageIds(fieldOf(root, 'references')),
    headersProtected:
      parameters.get('hp')?.toLowerCase() === 'cipher' || parameters.get('protected-headers')?.toLowerCase() === 'v1',
  };
}
