import type { ImapThreadRow } from '../../ports/imap';
import { gatherBySubject } from './gather-by-subject';
import { sortByDate, threadNode, type ThreadNode } from './thread-node';

/** Trees of answers (RFC 5256 3, REFERENCES). The cost grows as the number of references; nothing is recursive. */
export function threadByReferences(rows: readonly ImapThreadRow[]): ThreadNode[] {
  const forest = new Forest(rows);
  const roots = forest.nodes.filter(({ parent }) => !parent);
  return gatherBySubject(sortByDate(roots.flatMap(withoutEmptyPlaces)));
}

class Forest {
  readonly nodes: ThreadNode[] = [];
  readonly #byId = new Map<string, ThreadNode>();
  /** Towards the root of each tree, so that a circle is seen without walking all the way. */
  readonly #towardsRoot = new Map<ThreadNode, ThreadNode>();

  constructor(rows: readonly ImapThreadRow[]) {
    const own = rows.map((row) => this.#add(row));
    // What a message says of itself counts more than what others say of it.
    for (const [index, row] of rows.entries()) {
      const node = own[index];
      const answered = ancestorsOf(row).at(-1);
      if (node && answered !== undefined) this.#link(this.#named(answered), node);
    }
    for (const row of rows) this.#linkAncestors(ancestorsOf(row));
  }

  #add(row: ImapThreadRow): ThreadNode {
    const node = threadNode(row);
    this.nodes.push(node);
    const id = idOf(row);
    if (!this.#byId.has(id)) this.#byId.set(id, node);
    return node;
  }

  #named(id: string): ThreadNode {
    const known = this.#byId.get(id);
    if (known) return known;
    const node = threadNode();
    this.nodes.push(node);
    this.#byId.set(id, node);
    return node;
  }

  #linkAncestors(ids: readonly string[]): void {
    for (const [index, id] of ids.slice(1).entries()) this.#link(this.#named(ids[index] ?? id), this.#named(id));
  }

  #link(parent: ThreadNode, child: ThreadNode): void {
    if (child.parent || this.#rootOf(parent) === child) return;
    child.parent = parent;
    parent.children.push(child);
    this.#towardsRoot.set(child, parent);
  }

  #rootOf(node: ThreadNode): ThreadNode {
    const passed: ThreadNode[] = [];
    let at = node;
    for (let next = this.#towardsRoot.get(at); next; next = this.#towardsRoot.get(at)) {
      passed.push(at);
      at = next;
    }
    for (const each of passed) this.#towardsRoot.set(each, at);
    return at;
  }
}

/** Without Message-IDs, a message answers the first of its conversation. */
function idOf({ messageId, threadId, uid }: ImapThreadRow): string {
  return messageId ?? `${String(uid)} of ${threadId}`;
}

function ancestorsOf({ references, threadId, messageId }: ImapThreadRow): readonly string[] {
  if (messageId !== undefined) return references ?? [];
  return [`place of ${threadId}`];
}

/** A root with places where no message is taken out below it; several when it is such a place itself. */
function withoutEmptyPlaces(root: ThreadNode): ThreadNode[] {
  for (const node of childrenFirst(root)) node.children = sortByDate(node.children.flatMap(pruned));
  if (root.row) return [root];
  return root.children.length > 1 ? [root] : root.children;
}

function pruned(node: ThreadNode): ThreadNode[] {
  return node.row ? [node] : node.children;
}

function childrenFirst(root: ThreadNode): ThreadNode[] {
  const order = [root];
  for (let index = 0; index < order.length; index += 1)
    for (const child of order[index]?.children ?? []) order.push(child);
  return order.reverse();
}
