import { MAX_REFERENCES } from '../../domain/limits';

const MESSAGE_ID = /<[!#-;=?A-Z[\]^-~]{1,160}@[!#-;=?A-Z[\]^-~]{1,120}>/g;

/** Every Message-ID in a value, `<left@right>` in printable ASCII (RFC 5322 3.6.4); the last 100. */
export function readMessageIds(value: string | undefined): string[] {
  return (value?.match(MESSAGE_ID) ?? []).slice(-MAX_REFERENCES);
}

/** The one Message-ID that a value is, or undefined. */
export function readMessageId(value: string | undefined): string | undefined {
  const [first] = readMessageIds(value);
  return first !== undefined && first === value ? first : undefined;
}
