import type { FlagChange } from '../../domain/clients/message-flags';
import type { ArgumentReader } from './argument-reader';
import { readFlag } from './flags';
import { readSequenceSet, type SequenceSet } from './sequence-set';

export type StoreArguments = FlagChange & { readonly set: SequenceSet; readonly isSilent: boolean };

/** `set [(UNCHANGEDSINCE n)] [+-]FLAGS[.SILENT] flags` (RFC 9051 9, RFC 7162 3.1.3). */
export function readStore(reader: ArgumentReader): StoreArguments {
  reader.space();
  const set = readSequenceSet(reader);
  reader.space();
  const unchangedSince = reader.skip('(UNCHANGEDSINCE ') ? readModseq(reader) : undefined;
  const how = reader.skip('+') ? 'add' : reader.skip('-') ? 'remove' : 'replace';
  reader.expect('FLAGS');
  const isSilent = reader.skip('.SILENT');
  reader.space();
  const flags = [...new Set(reader.next === '(' ? reader.list(() => readFlag(reader)) : readBareFlags(reader))];
  return { set, how, isSilent, flags, ...(unchangedSince === undefined ? {} : { unchangedSince }) };
}

function readModseq(reader: ArgumentReader): number {
  const modseq = reader.number(Number.MAX_SAFE_INTEGER);
  reader.expect(') ');
  return modseq;
}

function readBareFlags(reader: ArgumentReader): string[] {
  const flags: string[] = [];
  do flags.push(readFlag(reader));
  while (reader.more());
  return flags;
}
