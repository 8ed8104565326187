import type { MailAddress } from '../../../../shared/ids';
import { onionPart } from '../octets/envelope-form';
import { writeHeaderDate } from '../octets/header-date';
import { NOTE_TIME_FIELD, READ_DISPOSITION, RECEIPT_FIELDS, type ReportNote } from './control-form';

/** The parts of a multipart/report after its text. */
export type Report = {
  readonly type: string;
  readonly parts: readonly { readonly contentType: string; readonly content: string }[];
};

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;

/**
 * A receipt as a delivery status notification (RFC 3464), a read receipt as a disposition notification (RFC 8098), both
 * by `from`.
 */
export function writeReport(note: ReportNote, from: MailAddress): Report {
  const recipient = `Final-Recipient: rfc822; ${from}`;
  const time = `${NOTE_TIME_FIELD}: ${String(note.at)}`;
  if (note.kind === 'read') {
    const content = lines(
      recipient,
      `Original-Message-ID: ${note.messageId}`,
      `Disposition: ${READ_DISPOSITION}`,
      time,
    );
    return { type: 'disposition-notification', parts: [{ contentType: 'message/disposition-notification', content }] };
  }
  const { action, status } = RECEIPT_FIELDS[note.action];
  const date = `Last-Attempt-Date: ${writeHeaderDate(note.at)}`;
  const content = lines(
    `Reporting-MTA: dns; ${onionPart(from)}`,
    '',
    recipient,
    `Action: ${action}`,
    `Status: ${status}`,
    date,
    time,
  );
  return {
    type: 'delivery-status',
    parts: [
      { contentType: 'message/delivery-status', content },
      { contentType: 'text/rfc822-headers', content: lines(`Message-ID: ${note.messageId}`) },
    ],
  };
}
