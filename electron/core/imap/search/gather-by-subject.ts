import { sortByDate, threadNode, type Rest, type ThreadNode } from './thread-node';

/** Joins conversations whose subjects are the same but for `Re:` (RFC 5256 3, REFERENCES, step 5). */
export async function gatherBySubject(roots: readonly ThreadNode[], rest: Rest): Promise<readonly ThreadNode[]> {
  const bySubject = await firstBySubject(roots, rest);
  const gathered = new Set<ThreadNode>();
  for (const root of roots) {
    const subject = subjectOf(root);
    const known = bySubject.get(subject);
    if (known && known !== root) {
      const joined = join(known, root);
      gathered.delete(known);
      gathered.add(joined);
      bySubject.set(subject, joined);
    } else gathered.add(root);
    await rest();
  }
  for (const root of gathered)
    if (root.children.length > 1) root.children = [...(await sortByDate(root.children, rest))];
  return sortByDate([...gathered], rest);
}

/** Of each subject the conversation that the others join. */
async function firstBySubject(roots: readonly ThreadNode[], rest: Rest): Promise<Map<string, ThreadNode>> {
  const bySubject = new Map<string, ThreadNode>();
  for (const root of roots) {
    const subject = subjectOf(root);
    const known = bySubject.get(subject);
    if (subject !== '' && (!known || comesBefore(root, known))) bySubject.set(subject, root);
    await rest();
  }
  return bySubject;
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
    for (const child of root.row ? [root] : root.children) known.children.push(child);
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
