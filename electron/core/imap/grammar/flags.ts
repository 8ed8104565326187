import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';

/** Flags of RFC 9051 2.3.2 that a program may set. */
export const SYSTEM_FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'] as const;

/** A system flag as it is spelt above, or a keyword as it was typed. */
export function readFlag(reader: ArgumentReader): string {
  if (!reader.skip('\\')) return reader.atom();
  const name = `\\${reader.atom()}`.toUpperCase();
  const flag = SYSTEM_FLAGS.find((known) => known.toUpperCase() === name);
  if (!flag) throw new BadCommand('There is no such flag');
  return flag;
}
