import type { OuterFields } from '../../ports/mime';
import { writeHeaderDate } from '../octets/header-date';

/** The subject outside of the seal (RFC 9788 3.2.1). */
export const OUTER_SUBJECT = '[...]';

/**
 * The fields that stand outside of the seal, in order and unfolded: bare addresses, never Bcc, UTC. The same list is
 * repeated inside as `HP-Outer` (RFC 9788 2.2), so that the reader can tell what was changed on the way.
 */
export function outerHeaders(message: OuterFields): readonly { readonly name: string; readonly value: string }[] {
  const hasRecipients = message.to.length + message.cc.length > 0;
  return [
    { name: 'From', value: message.from },
    ...(message.to.length > 0 ? [{ name: 'To', value: message.to.join(', ') }] : []),
    ...(message.cc.length > 0 ? [{ name: 'Cc', value: message.cc.join(', ') }] : []),
    // Somebody known only by Bcc still gets a To field; mail without one looks like spam to most programs.
    ...(hasRecipients ? [] : [{ name: 'To', value: 'undisclosed-recipients:;' }]),
    { name: 'Subject', value: OUTER_SUBJECT },
    { name: 'Date', value: writeHeaderDate(message.date) },
    { name: 'Message-ID', value: message.messageId },
  ];
}
