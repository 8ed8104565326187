import { sortByDate, threadNode, type ThreadNode } from './thread-node';

/** Joins conversations whose subjects are the same but for `Re:` (RFC 5256 3, REFERENCES, step 5). */
export function gatherBySubject(roots: readonly ThreadNode[]): ThreadNode[] {
  const bySubject = new Map<string, ThreadNode>();
  for (const root of roots) {
    const subject = subjectOf(root);
    const known = bySubject.get(subject);
    if (subject !== '' && (!known || comesBefore(root, known))) bySubject.set(subject, root);
  }
  const gathered = new Set<ThreadNode>();
  for (const root of roots) {
    const subject = subjectOf(root);
    const known = bySubject.get(subject);
    if (!known || known === root) {
      gathered.add(root);
      continue;
    }
    const joined = join(known, root);
    gathered.delete(known);
    gathered.add(joined);
    bySubject.set(subject, joined);
  }
  for (const root of gathered) sortByDate(root.children);
  return sortByDate([...gathered]);
}

/** `''` where it is not known. */
function subjectOf({ row, children }: ThreadNode): string {
  return (row ?? children[0]?.row)?.subject ?? '';
}

function isReply({ row }: ThreadNode): boolean {
  return row?.isReply ?? false;
}

function comesBefore(root: ThreadNode, known: ThreadNode): boolean {
  if (!known.row) return false;
  return !root.row || (isReply(known) && !isReply(root));
}

function join(known: ThreadNode, root: ThreadNode): ThreadNode {
  if (!known.row) {
    known.children.push(...(root.row ? [root] : root.children));
    return known;
  }
  if (isReply(root) && !isReply(known)) {
    known.children.push(root);
    return known;
  }
  const place = threadNode();
  place.children.push(known, root);
  return place;
}
