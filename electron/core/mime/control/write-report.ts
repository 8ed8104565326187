import type { MailAddress } from '../../../../shared/ids';
import { onionPart } from '../octets/envelope-form';
import { writeHeaderDate } from '../octets/header-date';
import { NOTE_TIME_FIELD, READ_DISPOSITION, RECEIPT_FIELDS, type ReportControl } from './control-form';

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
export function writeReport(control: ReportControl, from: MailAddress): Report {
  const recipient = `Final-Recipient: rfc822; ${from}`;
  const time = `${NOTE_TIME_FIELD}: ${String(control.at)}`;
  if (control.kind === 'read') {
    const content = lines(
      recipient,
      `Original-Message-ID: ${control.messageId}`,
      `Disposition: ${READ_DISPOSITION}`,
      time,
    );
    return { type: 'disposition-notification', parts: [{ contentType: 'message/disposition-notification', content }] };
  }
  const { action, status } = RECEIPT_FIELDS[control.action];
  const date = `Last-Attempt-Date: ${writeHeaderDate(control.at)}`;
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
      { contentType: 'text/rfc822-headers', content: lines(`Message-ID: ${control.messageId}`) },
    ],
  };
}
