import type { ControlMessage } from '../../../../shared/wire/control-message';
import { MAX_CONTROL_BYTES } from '../../domain/limits';
import { readBase64 } from '../octets/base64';
import { readHeaderFields, type HeaderField } from '../octets/header-field';
import {
  controlIn,
  NOTE_FIELD,
  NOTE_TIME_FIELD,
  NOTE_TYPE,
  NOTE_VERSION,
  READ_DISPOSITION,
  RECEIPT_FIELDS,
  isReport,
} from './control-form';
import { fieldOf, onlyFieldOf, type MimePart } from '../octets/structure-checks';

/** Octets of one part of a report; ours have a few hundred. */
const MAX_REPORT_BYTES = 8 * 1024;
/** Base64 in lines is less than half as large again. */
const MAX_ENCODED_BYTES = MAX_CONTROL_BYTES * 1.5;

/**
 * The control message in an inner entity (`addControl`): its sealed header says that it is one, and exactly one part
 * holds it. Anything else, and a faulty one, is an ordinary message. Never throws.
 */
export function readControlMessage(root: MimePart, content: Uint8Array): ControlMessage | undefined {
  if (onlyFieldOf(root, NOTE_FIELD.toLowerCase()) !== NOTE_VERSION) return undefined;
  const [part, ...others] = root.children.filter(
    ({ contentType: { value } }) => value === NOTE_TYPE || value === 'multipart/report',
  );
  if (!part || others.length > 0) return undefined;
  return part.contentType.value === NOTE_TYPE ? readJson(part, content) : readReport(part, content);
}

function readJson(part: MimePart, content: Uint8Array): ControlMessage | undefined {
  const isEncoded = fieldOf(part, 'content-transfer-encoding')?.toLowerCase() === 'base64';
  if (!isEncoded || part.bodyEnd - part.bodyStart > MAX_ENCODED_BYTES) return undefined;
  const octets = readBase64(bodyOf(part, content));
  if (!octets || octets.length > MAX_CONTROL_BYTES) return undefined;
  const control = controlIn(parseJson(octets));
  // A control message with a standard form is not taken as JSON.
  return control && !isReport(control) ? control : undefined;
}

function parseJson(octets: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets));
  } catch {
    return undefined;
  }
}

function readReport(report: MimePart, content: Uint8Array): ControlMessage | undefined {
  const types = report.children.map(({ contentType: { value } }) => value).join();
  const groupsOf = (part: MimePart | undefined): readonly Fields[] | undefined => part && fieldGroups(part, content);
  const [, first, second] = report.children;
  const type = report.contentType.parameters.get('report-type')?.toLowerCase();
  if (type === 'delivery-status' && types === 'text/plain,message/delivery-status,text/rfc822-headers')
    return readReceipt(groupsOf(first), groupsOf(second));
  if (type === 'disposition-notification' && types === 'text/plain,message/disposition-notification')
    return readReadReceipt(groupsOf(first));
  return undefined;
}

type Fields = readonly HeaderField[];

/** RFC 3464 2.1: fields of the message, then of its one recipient. The message itself is named by its header. */
function readReceipt(status: readonly Fields[] = [], original: readonly Fields[] = []): ControlMessage | undefined {
  const [, recipient = [], ...others] = status;
  const [action, code] = [only(recipient, 'action'), only(recipient, 'status')];
  const [known] =
    Object.entries(RECEIPT_FIELDS).find(([, fields]) => fields.action === action && fields.status === code) ?? [];
  if (others.length > 0 || original.length !== 1) return undefined;
  return controlIn({
    kind: 'receipt',
    messageId: only(original[0], 'message-id'),
    at: timeOf(recipient),
    action: known,
  });
}

/** RFC 8098 3.1. */
function readReadReceipt(groups: readonly Fields[] = []): ControlMessage | undefined {
  const [fields] = groups;
  if (groups.length !== 1 || only(fields, 'disposition') !== READ_DISPOSITION) return undefined;
  return controlIn({ kind: 'read', messageId: only(fields, 'original-message-id'), at: timeOf(fields) });
}

function timeOf(fields: Fields | undefined): number | undefined {
  const text = only(fields, NOTE_TIME_FIELD.toLowerCase()) ?? '';
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}

/** Groups of fields with empty lines between them; none when the part is too large or a line is no field. */
function fieldGroups(part: MimePart, content: Uint8Array): readonly Fields[] | undefined {
  const isClear = /^7bit$/i.test(fieldOf(part, 'content-transfer-encoding') ?? '7bit');
  if (!isClear || part.bodyEnd - part.bodyStart > MAX_REPORT_BYTES) return undefined;
  const groups = withoutLastLineEnds(bodyOf(part, content)).split('\r\n\r\n').map(readHeaderFields);
  return groups.every((group): group is HeaderField[] => group !== undefined) ? groups : undefined;
}

/** Cuts from the end, since a pattern that looks for the end begins anew at each line. */
function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text.startsWith('\r\n', end - 2) && end >= 2) end -= 2;
  return text.slice(0, end);
}

function only(fields: Fields | undefined, name: string): string | undefined {
  const [first, ...others] = fields?.filter((field) => field.name === name) ?? [];
  return others.length > 0 ? undefined : first?.value;
}

function bodyOf(part: MimePart, content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset + part.bodyStart, part.bodyEnd - part.bodyStart).toString(
    'latin1',
  );
}
