import { MAX_APPENDED_AT_ONCE } from '../../domain/client-limits';
import type { ImapLetter } from '../../ports/imap';
import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readDateTime } from './date-time';
import { readFlag } from './flags';

export type AppendArguments = {
  readonly name: Uint8Array;
  /** One at least. */
  readonly messages: readonly ImapLetter[];
};

/**
 * `mailbox [flags] [date-time] literal` (RFC 9051 6.3.12), the literal also as `UTF8 (literal8)` (RFC 6855 4); what
 * stands behind the mailbox may come several times (RFC 3502).
 */
export function readAppend(reader: ArgumentReader): AppendArguments {
  reader.space();
  const name = reader.astringOctets();
  const messages: ImapLetter[] = [];
  do {
    if (messages.length === MAX_APPENDED_AT_ONCE) throw new BadCommand('Too many messages at once');
    reader.space();
    messages.push(readLetter(reader));
  } while (!reader.isAtEnd);
  return { name, messages };
}

function readLetter(reader: ArgumentReader): ImapLetter {
  const flags = reader.next === '(' ? readFlags(reader) : [];
  const written = reader.next === '"' ? readDateTime(reader) : undefined;
  if (written) reader.space();
  const octets = readMessage(reader);
  return { flags, octets, ...(written ? { internalDate: written.time, zone: written.zone } : {}) };
}

function readFlags(reader: ArgumentReader): string[] {
  const flags = reader.list(() => readFlag(reader));
  reader.space();
  return [...new Set(flags)];
}

function readMessage(reader: ArgumentReader): Uint8Array {
  const isUtf8 = reader.skip('UTF8 (');
  const literal = reader.literal();
  if (!literal) throw new BadCommand('The message is missing: it comes as a literal');
  if (isUtf8) reader.expect(')');
  return literal.octets;
}
