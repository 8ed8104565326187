import { z } from 'zod';

/** Every way a call can fail. A closed list: the renderer turns each into a sentence that says what to do. */
export const ErrorCode = z.enum([
  'invalid-call',
  'profile-locked',
  'window-locked',
  'profile-exists',
  'profile-in-use',
  'profile-damaged',
  'passphrase-wrong',
  'passphrase-delayed',
  'identity-unknown',
  'message-unknown',
  'mailbox-unknown',
  'mailbox-exists',
  'mailbox-refused',
  'contact-unknown',
  'contact-exists',
  'delivery-unknown',
  'attachment-unknown',
  'search-unknown',
  'program-unknown',
  'port-refused',
  'address-invalid',
  'no-recipient',
  'too-large',
  'too-many',
  'disk-full',
  'store-damaged',
  'key-refused',
  'card-refused',
  'trust-refused',
  'hold-refused',
  'backup-refused',
  'backup-unknown',
  'message-refused',
  'list-unknown',
  'list-refused',
  'tor-missing',
  'tor-offline',
  'worker-died',
  'unreadable-content',
  'connection-closed',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Why keeping mail for each other is refused: `reason` of `hold-refused`. */
export const HoldReason = z.enum([
  'agreement-unknown',
  'agreement-differs',
  'not-trusted',
  'contact-private',
  'asked-already',
  'not-asked',
  'identity-private',
  'not-over',
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** Why a word on a key, or a change of an own key, is refused: `reason` of `trust-refused`. */
export const TrustReason = z.enum([
  'key-revoked',
  'key-differs',
  'key-changed',
  'not-verified',
  'day-past',
  'day-too-late',
  'same-person',
  'same-identity',
]);
export type TrustReason = z.infer<typeof TrustReason>;

/** Codes that stand for several causes say which one it is, so that a program need not read the sentence. */
type ReasonOf = { readonly 'hold-refused': HoldReason; readonly 'trust-refused': TrustReason };
export const ErrorReason = z.enum([...HoldReason.options, ...TrustReason.options]);
export type ErrorReason = z.infer<typeof ErrorReason>;

/** The wire form of an error; `message` is a plain sentence without any address, key, subject or path. */
export const WireError = z.strictObject({
  code: ErrorCode,
  message: z.string().max(500),
  reason: ErrorReason.optional(),
  retryAt: z.number().int().optional(),
});
export type WireError = z.infer<typeof WireError>;

type Options = { readonly cause?: unknown; readonly reason?: ErrorReason; readonly retryAt?: number };

/**
 * The one error class of Posthorn. `code` is closed; `message` says what happened to the user's mail and what to do,
 * and carries no address, key, subject or path, so that it may be shown and logged by its code.
 */
export class PosthornError extends Error {
  readonly code: ErrorCode;
  readonly reason: ErrorReason | undefined;
  readonly retryAt: number | undefined;

  constructor(code: ErrorCode, message: string, options: Options = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PosthornError';
    this.code = code;
    this.reason = options.reason;
    this.retryAt = options.retryAt;
  }
}

/** An error whose code has several causes, with the one that applies as `reason`. */
export function refused<C extends keyof ReasonOf>(code: C, reason: ReasonOf[C], message: string): PosthornError {
  return new PosthornError(code, message, { reason });
}
