import type { ImapSortRow } from '../../ports/imap';
import { sortByDate, threadNode, type ThreadNode } from './thread-node';

/** Conversations by subject: the first message, and all others as answers to it (RFC 5256 3, ORDEREDSUBJECT). */
export function threadBySubject(rows: readonly ImapSortRow[]): ThreadNode[] {
  const bySubject = new Map<string, ThreadNode>();
  const ordered = [...rows].sort((one, other) => one.date - other.date || one.uid - other.uid);
  for (const { uid, date, subject } of ordered) {
    const node = threadNode({ uid, date, threadId: '' });
    const first = bySubject.get(subject);
    if (first) first.children.push(node);
    else bySubject.set(subject, node);
  }
  return sortByDate([...bySubject.values()]);
}
