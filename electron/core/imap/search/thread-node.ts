import type { ImapThreadRow } from '../../ports/imap';
import { sortRows } from './sort-rows';

/** A message in a tree of answers, or a place where one is missing (RFC 5256 3, REFERENCES). */
export type ThreadNode = {
  readonly row: ImapThreadRow | undefined;
  parent: ThreadNode | undefined;
  children: ThreadNode[];
};

/** Lets others work. */
export type Rest = () => Promise<void>;

export function threadNode(row?: ImapThreadRow): ThreadNode {
  return { row, parent: undefined, children: [] };
}

/** By when they were sent, a place without a message by the first below it; then by UID. */
export function sortByDate(nodes: readonly ThreadNode[], rest: Rest): Promise<readonly ThreadNode[]> {
  const row = (node: ThreadNode): ImapThreadRow | undefined => node.row ?? node.children[0]?.row;
  const by = (one: ThreadNode, other: ThreadNode, what: 'date' | 'uid'): number =>
    (row(one)?.[what] ?? 0) - (row(other)?.[what] ?? 0);
  return sortRows(nodes, { compare: (one, other) => by(one, other, 'date') || by(one, other, 'uid'), rest });
}

/** What is still to be written. */
type Step = ThreadNode | 'open' | 'close';

/**
 * The answer's form, piece by piece: `(1 2 (3)(4 5))`. Goes without recursion, since a conversation may be as deep as
 * it is long.
 */
export function* threadText(roots: readonly ThreadNode[], numberOf: (uid: number) => number): Generator<string> {
  for (const root of roots) {
    const steps: Step[] = bracketed([root]);
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      if (step === 'open') yield '(';
      else if (step === 'close') yield ')';
      else {
        yield nodeText(step, numberOf);
        const isAlone = step.row !== undefined && step.children.length === 1;
        for (const next of isAlone ? step.children : bracketed(step.children)) steps.push(next);
      }
    }
  }
}

function nodeText({ row, children }: ThreadNode, numberOf: (uid: number) => number): string {
  return row ? `${String(numberOf(row.uid))}${children.length > 0 ? ' ' : ''}` : '';
}

/** In the order in which they are taken from the end. */
function bracketed(nodes: readonly ThreadNode[]): Step[] {
  return nodes.flatMap((node): Step[] => ['open', node, 'close']).reverse();
}
