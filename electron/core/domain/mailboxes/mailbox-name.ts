import { PosthornError } from '../../../../shared/errors';
import { plainLine } from '../../../../shared/text/plain-line';

const MAX_CHARACTERS = 200;
/** Between two levels in IMAP, and on the disk of whoever copies mailboxes into folders. */
const SEPARATORS = /[/\\]/u;
/** What IMAP's LIST takes for a pattern, and where a name space begins (RFC 9051 5.1). */
const PATTERNS = /[%*]|^[#&~]/u;
/** `..` leads out of the folder into which a mail program copies. */
const ONLY_DOTS = /^\.+$/u;

/**
 * The name of one level as it is kept: in NFC, blanks at the ends gone and of several one left. Throws
 * `mailbox-refused` for what cannot be a name.
 */
export function mailboxName(typed: string): string {
  const name = typed.normalize('NFC').replaceAll(/ +/gu, ' ').trim();
  if (name === '' || Array.from(name).length > MAX_CHARACTERS)
    throw refused('A mailbox has a name of 1 to 200 characters.');
  if (plainLine(name).normalize('NFC') !== name)
    throw refused('The name of a mailbox cannot hold characters that are not seen, or that turn the writing round.');
  if (SEPARATORS.test(name) || PATTERNS.test(name) || ONLY_DOTS.test(name))
    throw refused('The name of a mailbox cannot hold slashes, % or *, begin with #, & or ~, or be of dots alone.');
  return name;
}

/** What two names of one place must not have in common: they differ in case alone, or in forms of one character. */
export function foldedName(name: string): string {
  // Twice: a capital may have a form of its own only after the first (İ, ſ).
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[\u200c\u200d]/gu, '');
}

function refused(why: string): PosthornError {
  return new PosthornError('mailbox-refused', `${why} Nothing was changed.`);
}
