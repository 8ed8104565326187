import { addressText } from './address-text';
import { writtenValue, type WrittenField } from './header-fields';
import { textOrNil } from './response-text';

/**
 * The value of ENVELOPE (RFC 9051 7.5.2): date, subject, from, sender, reply-to, to, cc, bcc, in-reply-to, message-id.
 * Sender and Reply-To are From where they name nobody.
 */
export function envelopeText(fields: readonly WrittenField[]): string {
  const text = (name: string): string => textOrNil(writtenValue(fields, name));
  const addresses = (name: string): string => addressText(writtenValue(fields, name));
  const from = addresses('from');
  const orFrom = (name: string): string => {
    const written = addresses(name);
    return written === 'NIL' ? from : written;
  };
  return `(${[
    text('date'),
    text('subject'),
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    addresses('to'),
    addresses('cc'),
    addresses('bcc'),
    text('in-reply-to'),
    text('message-id'),
  ].join(' ')})`;
}
