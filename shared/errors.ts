import { z } from 'zod';

/** Every way a call can fail. A closed list: the renderer turns each into a sentence that says what to do. */
export const ErrorCode = z.enum([
  'invalid-call',
  'profile-locked',
  'profile-exists',
  'profile-in-use',
  'profile-damaged',
  'passphrase-wrong',
  'passphrase-delayed',
  'identity-unknown',
  'message-unknown',
  'contact-unknown',
  'contact-exists',
  'delivery-unknown',
  'attachment-unknown',
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
  'tor-missing',
  'tor-offline',
  'worker-died',
  'connection-closed',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The wire form of an error; `message` is a plain sentence without any address, key, subject or path. */
export const WireError = z.strictObject({
  code: ErrorCode,
  message: z.string().max(500),
  retryAt: z.number().int().optional(),
});
export type WireError = z.infer<typeof WireError>;

/**
 * The one error class of Posthorn. `code` is closed; `message` says what happened to the user's mail and what to do,
 * and carries no address, key, subject or path, so that it may be shown and logged by its code.
 */
export class PosthornError extends Error {
  readonly code: ErrorCode;
  readonly retryAt: number | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryAt?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PosthornError';
    this.code = code;
    this.retryAt = options.retryAt;
  }
}
