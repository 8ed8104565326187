import { MAX_MESSAGE_ID_CHARACTERS, MAX_REFERENCES } from '../../domain/limits';
import { withoutComments } from './comments';

/** Printable ASCII between angle brackets; not every program writes `left@right` (RFC 5322 3.6.4). */
const MESSAGE_ID = /<[!-;=?-~]+>/g;

/** Every Message-ID in a value, with its angle brackets; the last 100. */
export function readMessageIds(value: string | undefined): string[] {
  const found = value?.match(MESSAGE_ID) ?? [];
  return found.filter(({ length }) => length <= MAX_MESSAGE_ID_CHARACTERS).slice(-MAX_REFERENCES);
}

/** The one Message-ID that a value is, comments aside, or undefined. */
export function readMessageId(value: string | undefined): string | undefined {
  const [first] = value?.match(MESSAGE_ID) ?? [];
  if (value === undefined || first === undefined || first.length > MAX_MESSAGE_ID_CHARACTERS) return undefined;
  const [before = '', ...after] = value.split(first);
  return withoutComments(before + after.join(first)).trim() === '' ? first : undefined;
}
