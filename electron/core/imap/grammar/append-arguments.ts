import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readDateTime } from './date-time';
import { readFlag } from './flags';

export type AppendArguments = {
  readonly name: Uint8Array;
  readonly flags: readonly string[];
  readonly internalDate?: number;
  readonly octets: Uint8Array;
};

/** `mailbox [flags] [date-time] literal` (RFC 9051 6.3.12), the literal also as `UTF8 (literal8)` (RFC 6855 4). */
export function readAppend(reader: ArgumentReader): AppendArguments {
  reader.space();
  const name = reader.astringOctets();
  reader.space();
  const flags = reader.next === '(' ? readFlags(reader) : [];
  const internalDate = reader.next === '"' ? readDateTime(reader) : undefined;
  if (internalDate !== undefined) reader.space();
  const octets = readMessage(reader);
  return { name, flags, octets, ...(internalDate === undefined ? {} : { internalDate }) };
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
