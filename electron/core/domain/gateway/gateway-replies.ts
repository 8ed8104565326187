import type { ErrorCode } from '../../../../shared/errors';
import type { SmtpReply } from '../refusals';

/** What the gateway says to the mail server beside it (RFC 2033). No text tells one alias from another. */
export const gatewayReplies = {
  taken: { code: 250, enhanced: '2.0.0', text: 'Taken' },
  noSuchAlias: { code: 550, enhanced: '5.1.1', text: 'No such mailbox here' },
  tooManyRecipients: {
    code: 452,
    enhanced: '4.5.3',
    text: 'Too many recipients, send the rest in another transaction',
  },
  full: { code: 452, enhanced: '4.2.2', text: 'The mailbox is full now, try again later' },
  loop: { code: 554, enhanced: '5.4.6', text: 'This message runs in a circle' },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'The message is too large' },
  diskFull: { code: 452, enhanced: '4.3.1', text: 'Out of storage, try again later' },
  tryLater: { code: 451, enhanced: '4.3.0', text: 'The message could not be stored now, try again later' },
} as const satisfies Record<string, SmtpReply>;

/** The reply when a letter could not be made or stored. */
export function replyToGatewayFault(code: ErrorCode | undefined): SmtpReply {
  if (code === 'too-large' || code === 'too-many') return gatewayReplies.tooLarge;
  return code === 'disk-full' ? gatewayReplies.diskFull : gatewayReplies.tryLater;
}
