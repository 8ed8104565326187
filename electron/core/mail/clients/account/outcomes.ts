import { PosthornError, type ErrorCode } from '../../../../../shared/errors';
import type { ImapOutcome, ImapRefusal } from '../../../ports/imap';

type Refused = Extract<ImapOutcome, { isDone: false }>;

/** What a use case refuses, as IMAP says it (RFC 9051 7.1). */
const CODES: Partial<Record<ErrorCode, ImapRefusal>> = {
  'mailbox-unknown': 'NONEXISTENT',
  'mailbox-exists': 'ALREADYEXISTS',
  'mailbox-refused': 'CANNOT',
  'message-unknown': 'CANNOT',
  'address-invalid': 'CANNOT',
  'message-refused': 'CANNOT',
  'unreadable-content': 'CANNOT',
  'too-many': 'LIMIT',
  'too-large': 'LIMIT',
  'disk-full': 'OVERQUOTA',
};

export function refusal(code: ImapRefusal, text: string): Refused {
  return { isDone: false, code, text };
}

/** The refusal that an error is; rethrows what is none, as a locked profile. */
export function refusalOf(error: unknown): Refused {
  const code = error instanceof PosthornError ? CODES[error.code] : undefined;
  if (code === undefined) throw error;
  return refusal(code, (error as PosthornError).message);
}
