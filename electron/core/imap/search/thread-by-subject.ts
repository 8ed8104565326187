import type { ImapSortRow } from '../../ports/imap';
import { sortRows } from './sort-rows';
import { sortByDate, threadNode, type Rest, type ThreadNode } from './thread-node';

/** Conversations by subject: the first message, and all others as answers to it (RFC 5256 3, ORDEREDSUBJECT). */
export async function threadBySubject(rows: readonly ImapSortRow[], rest: Rest): Promise<readonly ThreadNode[]> {
  const bySubject = new Map<string, ThreadNode>();
  const compare = (one: ImapSortRow, other: ImapSortRow): number => one.date - other.date || one.uid - other.uid;
  for (const { uid, date, subject } of await sortRows(rows, { compare, rest })) {
    const node = threadNode({ uid, date, threadId: '' });
    const first = bySubject.get(subject);
    if (first) first.children.push(node);
    else bySubject.set(subject, node);
    await rest();
  }
  return sortByDate([...bySubject.values()], rest);
}
