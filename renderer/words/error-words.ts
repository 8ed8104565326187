import { ErrorCode, PosthornError } from '../../shared/errors';

/** Every way a call can fail, as a sentence that says what happened and what to do. */
export const errorCodeWords: Readonly<Record<ErrorCode, string>> = {
  'invalid-call': 'Posthorn could not do that because something in the form is not valid. Please check it.',
  'profile-locked': 'Posthorn is locked. Unlock it with your passphrase and try again.',
  'window-locked': 'The window is locked. Unlock it with your passphrase and try again.',
  'profile-exists': 'There already is a profile on this computer. Unlock it with its passphrase.',
  'profile-in-use': 'Another Posthorn is already using this profile. Close it and try again.',
  'profile-damaged': 'The profile on this computer is damaged and cannot be opened. Restore it from a backup.',
  'passphrase-wrong': 'That passphrase is not right.',
  'passphrase-delayed': 'Too many wrong tries. Please wait a moment before the next one.',
  'identity-unknown': 'This identity no longer exists.',
  'message-unknown': 'This message no longer exists.',
  'mailbox-unknown': 'This folder no longer exists.',
  'mailbox-exists': 'There already is one of this name. Choose another.',
  'mailbox-refused': 'That is not possible with this folder or this name. Nothing was changed.',
  'contact-unknown': 'This contact no longer exists.',
  'contact-exists': 'This address is already in your contacts.',
  'delivery-unknown': 'This delivery no longer exists.',
  'search-unknown': 'This saved search no longer exists.',
  'program-unknown': 'This program is no longer in the list. Nothing was changed.',
  'port-refused':
    'This port cannot be used: another program has it, or the system keeps it for itself. Nothing was changed; choose another, between 1024 and 65535.',
  'attachment-unknown': 'This attachment no longer exists.',
  'address-invalid': 'One of the addresses is not a valid onion address.',
  'no-recipient': 'Add at least one recipient first.',
  'too-large': 'This is larger than Posthorn can send: 25 MB for a message with everything in it.',
  'too-many': 'That is more than Posthorn handles at once. Try with fewer.',
  'disk-full': 'The disk is full, so nothing was changed. Free some space and try again.',
  'store-damaged': 'The mail store of this identity is damaged. Your other identities are not affected.',
  'key-refused': 'The key was refused because the onion does not vouch for it.',
  'card-refused': 'This card cannot be trusted, so nothing was added and nobody was verified. Read it once more.',
  'hold-refused':
    'That is not possible: only somebody verified or introduced can keep mail, and what was asked may be over by now. Nothing was changed.',
  'backup-refused':
    'This file cannot be read as a backup. It may have been moved, or the drive it is on taken out. Nothing was changed.',
  'backup-unknown': 'This backup is no longer open because Posthorn was locked or restarted. Please begin again.',
  'trust-refused':
    'Their key is not verified, or it is another than a moment ago. Nothing was changed; look at the contact again.',
  'message-refused': 'The message was refused because its signature or form is not valid.',
  'list-unknown': 'This mailing list or invitation is not there any more. Nothing was sent.',
  'list-refused': 'That is not possible on this mailing list. Nothing was changed.',
  'tor-missing': 'Tor is not installed. Mail waits until it is.',
  'tor-offline': 'This computer is not connected to the Tor network yet. Try again in a moment.',
  'worker-died': 'A part of Posthorn stopped and was started again. Please try once more.',
  'unreadable-content': 'This takes too much time or memory to read. It was left as it is.',
  'connection-closed': 'The mail service of Posthorn is restarting. Please try again in a moment.',
  internal: 'Something went wrong inside Posthorn. Nothing you wrote was lost; please try again.',
};

/** The sentence to show for whatever a call threw; never the text of an unknown error. */
export const errorWords = (error: unknown): string => errorCodeWords[errorCodeOf(error)];

/** The closed code of a thrown value; `internal` when it has none. */
export const errorCodeOf = (error: unknown): ErrorCode => {
  if (error instanceof PosthornError) return error.code;
  const code = ErrorCode.safeParse(
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined,
  );
  return code.success ? code.data : 'internal';
};
