import { ControlMessage } from '../../../../shared/wire/control-message';
import { readMessageId } from '../octets/message-id';

/** Stands in the sealed header of a control message; nothing else makes a message one. */
export const NOTE_FIELD = 'Posthorn-Note';
export const NOTE_VERSION = '1';

/** The part that holds a control message as JSON. */
export const NOTE_TYPE = 'application/vnd.posthorn.note+json';

/** Milliseconds, which dates of mail have no room for. */
export const NOTE_TIME_FIELD = 'X-Posthorn-At';

/** Control messages for which the standards have a form of their own. */
export type ReportControl = Extract<ControlMessage, { kind: 'receipt' | 'read' }>;
type Receipt = Extract<ControlMessage, { kind: 'receipt' }>;

export const isReport = (control: ControlMessage): control is ReportControl =>
  control.kind === 'receipt' || control.kind === 'read';

/**
 * The control message that this is, in the one form that is written and read; else undefined. A report names a message
 * as its header does, so that nothing in it ends a line, and a reader takes no more than a writer makes.
 */
export function controlIn(value: unknown): ControlMessage | undefined {
  const control = ControlMessage.safeParse(value).data;
  if (!control || !isReport(control)) return control;
  return readMessageId(control.messageId) === control.messageId ? control : undefined;
}

/** `Action` and `Status` of a delivery report (RFC 3464 2.3.3, RFC 3463): what ran out of time has failed too. */
export const RECEIPT_FIELDS: Readonly<Record<Receipt['action'], { readonly action: string; readonly status: string }>> =
  {
    delivered: { action: 'delivered', status: '2.0.0' },
    failed: { action: 'failed', status: '5.0.0' },
    expired: { action: 'failed', status: '4.4.7' },
  };

/** In a read receipt (RFC 8098 3.2.6): the reader allowed receipts for this contact, and the program writes them. */
export const READ_DISPOSITION = 'automatic-action/MDN-sent-automatically; displayed';
