import { PosthornError } from '../../../../shared/errors';
import type { SmtpReply } from '../../domain/refusals';
import { smtpReplies } from '../../domain/smtp-replies';

/** The reply when a message could not be taken: final only for what the message itself is to blame for. */
export function replyToFault(error: unknown): SmtpReply {
  const code = error instanceof PosthornError ? error.code : 'internal';
  if (code === 'unreadable-content') return smtpReplies.unreadable;
  return code === 'disk-full' ? smtpReplies.diskFull : smtpReplies.tryLater;
}
