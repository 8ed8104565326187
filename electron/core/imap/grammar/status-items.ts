import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';

const ITEMS = [
  'APPENDLIMIT',
  'DELETED',
  'HIGHESTMODSEQ',
  'MAILBOXID',
  'MESSAGES',
  'RECENT',
  'SIZE',
  'UIDNEXT',
  'UIDVALIDITY',
  'UNSEEN',
] as const;

/** What STATUS tells of a mailbox (RFC 9051 6.3.11, 7162, 7889, 8474). */
export type StatusItem = (typeof ITEMS)[number];

/** A list of one item or more. */
export function readStatusItems(reader: ArgumentReader): readonly StatusItem[] {
  const items = reader.list(() => readItem(reader));
  if (items.length === 0) throw new BadCommand('Nothing is asked for');
  return [...new Set(items)];
}

function readItem(reader: ArgumentReader): StatusItem {
  const word = reader.word();
  const item = ITEMS.find((known) => known === word);
  if (!item) throw new BadCommand('There is no such item of a mailbox');
  return item;
}
