import { PosthornError } from '../../../../shared/errors';
import type { ErrorCode } from '../../../../shared/errors';

type Meaning = { readonly code: ErrorCode; readonly message: string };

const FULL: Meaning = {
  code: 'disk-full',
  message: 'The disk is full, so nothing was changed. Free some space and try again.',
};
const DAMAGED: Meaning = {
  code: 'store-damaged',
  message:
    'A file that holds this mail is damaged or belongs to another key. It was left as it is; restore it from a backup.',
};
const UNREADABLE: Meaning = {
  code: 'store-damaged',
  message:
    'A file that holds this mail could not be opened or written. Nothing was changed; check the disk and the permissions of the profile.',
};
const IN_USE: Meaning = {
  code: 'profile-in-use',
  message: 'Another program is using this mail right now. Nothing was changed; close it and try again.',
};
const TOO_LARGE: Meaning = {
  code: 'too-large',
  message: 'This is larger than Posthorn can store. Nothing was changed.',
};
const CLOSED: Meaning = {
  code: 'profile-locked',
  message: 'The profile is locked. Unlock it to go on; nothing was changed.',
};
const FAULT: Meaning = {
  code: 'internal',
  message: 'Posthorn ran into a fault of its own while storing. Nothing was changed; please try again.',
};

/**
 * By the start of SQLite's extended result name, first match wins. A shared-memory file that cannot grow is a full
 * disk; other I/O errors are the disk's own.
 */
const MEANINGS: readonly (readonly [string, Meaning])[] = [
  ['SQLITE_FULL', FULL],
  ['SQLITE_IOERR_SHMSIZE', FULL],
  ['SQLITE_CORRUPT', DAMAGED],
  ['SQLITE_NOTADB', DAMAGED],
  ['SQLITE_IOERR', UNREADABLE],
  ['SQLITE_CANTOPEN', UNREADABLE],
  ['SQLITE_READONLY', UNREADABLE],
  ['SQLITE_PERM', UNREADABLE],
  ['SQLITE_BUSY', IN_USE],
  ['SQLITE_LOCKED', IN_USE],
  ['SQLITE_TOOBIG', TOO_LARGE],
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EACCES', UNREADABLE],
  ['EPERM', UNREADABLE],
  ['EROFS', UNREADABLE],
  ['EIO', UNREADABLE],
];

/** The code of a SQLite or Node error (`SQLITE_FULL`, `ENOSPC`), or an empty string. */
export function nativeCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What anything thrown by SQLite or the file system means for the user's mail. A `PosthornError` stays itself. */
export function toStoreError(error: unknown): PosthornError {
  if (error instanceof PosthornError) return error;
  const { code, message } = meaningOf(error);
  return new PosthornError(code, message, { cause: error });
}

function meaningOf(error: unknown): Meaning {
  const native = nativeCode(error);
  if (native === '' && error instanceof Error && error.message.startsWith('Database closed')) return CLOSED;
  return MEANINGS.find(([start]) => native.startsWith(start))?.[1] ?? FAULT;
}

/** For what would not fit, before anything of it is written. */
export function diskFull(): PosthornError {
  return new PosthornError(FULL.code, FULL.message);
}

/** For what is gone or never was; the answer to a stale list on screen. */
export function unknownMessage(): PosthornError {
  return new PosthornError('message-unknown', 'This message is no longer where it was. Nothing was changed.');
}
