import { MAX_RECIPIENTS } from '../../domain/limits';
import type { SmtpReply } from '../../domain/refusals';

/** Replies that the submission server gives by itself (RFC 6409, RFC 4954). */
export const submissionReplies = {
  wrongPassword: {
    code: 535,
    enhanced: '5.7.8',
    text: 'The user name or the app password is wrong; Posthorn shows both at «Connect a mail program»',
  },
  tooManyGuesses: { code: 421, enhanced: '4.7.0', text: 'Too many wrong passwords' },
  logInLater: {
    code: 454,
    enhanced: '4.7.0',
    text: 'Too many wrong passwords or connections; nothing was sent, try again in a minute',
  },
  tooManyCommands: { code: 421, enhanced: '4.7.0', text: 'Too many commands without a letter' },
  tooManyRecipients: {
    code: 452,
    enhanced: '4.5.3',
    text: `A letter has ${String(MAX_RECIPIENTS)} recipients at most, send it to the others in another one`,
  },
  tooManyConnections: { code: 421, enhanced: '4.3.2', text: 'Too many connections, try again later' },
  noRoomNow: {
    code: 452,
    enhanced: '4.3.1',
    text: 'Too much is being sent at once, nothing was kept; try again later',
  },
} as const satisfies Record<string, SmtpReply>;
