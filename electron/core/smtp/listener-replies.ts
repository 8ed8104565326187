import type { SmtpReply } from '../domain/refusals';

/** Replies that the listener gives by itself; those about a mail or a mailbox come from the use cases. */
export const listenerReplies = {
  tooManyRecipients: { code: 452, enhanced: '4.5.3', text: 'One mailbox a message, send the others another' },
  noRoomNow: { code: 452, enhanced: '4.3.1', text: 'Too much mail is arriving at once, try again later' },
  /** Content past what a recipient has room for. */
  noRoomForRecipient: {
    code: 452,
    enhanced: '4.2.2',
    text: 'There is no room for so large a message, try again later',
  },
  tooLarge: { code: 552, enhanced: '5.3.4', text: 'The message is too large' },
  badSenderSyntax: { code: 501, enhanced: '5.1.7', text: 'MAIL FROM:<address> is expected' },
  badRecipientSyntax: { code: 501, enhanced: '5.1.3', text: 'RCPT TO:<address> is expected' },
  badParameter: { code: 501, enhanced: '5.5.4', text: 'A parameter stands twice or has a value that is not valid' },
  unknownParameter: { code: 555, enhanced: '5.5.4', text: 'A parameter is not one that EHLO has offered' },
  noArguments: { code: 501, enhanced: '5.5.4', text: 'This command takes no arguments' },
  lineTooLong: { code: 500, enhanced: '5.5.2', text: 'The command line is too long' },
  failed: { code: 451, enhanced: '4.3.0', text: 'The message could not be taken now, try again later' },
  busy: { code: 451, enhanced: '4.7.1', text: 'Much mail is arriving, try again in a few minutes' },
  tooManyErrors: { code: 421, enhanced: '4.7.0', text: 'Too many errors' },
  tooManyMessages: { code: 421, enhanced: '4.7.0', text: 'Enough mail for one connection, send the rest on another' },
  tooManyQueueRuns: { code: 421, enhanced: '4.7.0', text: 'Too much was asked on one connection' },
  tooManyOfSender: { code: 421, enhanced: '4.7.0', text: 'This sender has too many connections open' },
  tooManyConnections: { code: 421, enhanced: '4.3.2', text: 'Too many connections, try again later' },
  tooSlow: { code: 421, enhanced: '4.3.2', text: 'Too slow while others wait, try again later' },
  idle: { code: 421, enhanced: '4.4.2', text: 'Nothing was heard for too long' },
  tooLong: { code: 421, enhanced: '4.4.2', text: 'The connection has lasted too long' },
  closing: { code: 421, enhanced: '4.3.2', text: 'Closing, try again later' },
} as const satisfies Record<string, SmtpReply>;

/** An error as smtp-server takes it: it sends exactly this code and text, and no enhanced code of its own. */
export class ReplyError extends Error {
  readonly responseCode: number;

  constructor(reply: SmtpReply) {
    super(replyText(reply));
    this.responseCode = reply.code;
  }
}

/** Enhanced code and text (RFC 2034 3). */
export function replyText(reply: SmtpReply): string {
  return `${reply.enhanced} ${reply.text}`;
}
