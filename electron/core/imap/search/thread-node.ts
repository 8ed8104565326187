import type { ImapThreadRow } from '../../ports/imap';

/** A message in a tree of answers, or a place where one is missing (RFC 5256 3, REFERENCES). */
export type ThreadNode = {
  readonly row: ImapThreadRow | undefined;
  parent: ThreadNode | undefined;
  children: ThreadNode[];
};

export function threadNode(row?: ImapThreadRow): ThreadNode {
  return { row, parent: undefined, children: [] };
}

/** When its message was sent, or the first below a place without one. */
export function sentOf({ row, children }: ThreadNode): number {
  return row?.date ?? children[0]?.row?.date ?? 0;
}

/** By when they were sent, then by UID. */
export function sortByDate(nodes: ThreadNode[]): ThreadNode[] {
  const uid = (node: ThreadNode): number => node.row?.uid ?? node.children[0]?.row?.uid ?? 0;
  return nodes.sort((one, other) => sentOf(one) - sentOf(other) || uid(one) - uid(other));
}

/**
 * The answer's form: `(1 2 (3)(4 5))`. Goes without recursion, since a conversation may be as deep as it is long.
 */
export function threadText(roots: readonly ThreadNode[], numberOf: (uid: number) => number): string {
  const pieces: string[] = [];
  /** What is still to write: nodes, with whether brackets go round them, and closing brackets. */
  const stack: (ThreadNode | 'open' | 'close')[] = [];
  const pushBracketed = (nodes: readonly ThreadNode[]): void => {
    for (const node of [...nodes].reverse()) stack.push('close', node, 'open');
  };
  pushBracketed(roots);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === 'open') pieces.push('(');
    else if (next === 'close') pieces.push(')');
    else {
      const { row, children } = next;
      if (row) pieces.push(String(numberOf(row.uid)));
      if (row && children.length > 0) pieces.push(' ');
      if (children.length === 1 && children[0] && row) stack.push(children[0]);
      else pushBracketed(children);
    }
  }
  return pieces.join('');
}
