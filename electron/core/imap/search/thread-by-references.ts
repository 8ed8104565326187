import type { ImapThreadRow } from '../../ports/imap';
import { gatherBySubject } from './gather-by-subject';
import { sortByDate, threadNode, type Rest, type ThreadNode } from './thread-node';

/**
 * Trees of answers (RFC 5256 3, REFERENCES). The cost grows as the number of references; nothing is recursive, and
 * others work in between.
 */
export async function threadByReferences(rows: readonly ImapThreadRow[], rest: Rest): Promise<readonly ThreadNode[]> {
  const nodes = await linked(rows, rest);
  const roots: ThreadNode[] = [];
  for (const node of nodes) {
    if (!node.parent) roots.push(...(await withoutEmptyPlaces(node, rest)));
    await rest();
  }
  return gatherBySubject(await sortByDate(roots, rest), rest);
}

async function linked(rows: readonly ImapThreadRow[], rest: Rest): Promise<readonly ThreadNode[]> {
  const forest = new Forest();
  const own: ThreadNode[] = [];
  for (const row of rows) {
    own.push(forest.add(row));
    await rest();
  }
  // What a message says of itself counts more than what others say of it.
  for (const [index, row] of rows.entries()) {
    const node = own[index];
    const answered = ancestorsOf(row).at(-1);
    if (node && answered !== undefined) forest.link(forest.named(answered), node);
    await rest();
  }
  for (const row of rows) {
    forest.linkAncestors(ancestorsOf(row));
    await rest();
  }
  return forest.nodes;
}

class Forest {
  readonly nodes: ThreadNode[] = [];
  readonly #byId = new Map<string, ThreadNode>();
  /** Towards the root of each tree, so that a circle is seen without walking all the way. */
  readonly #towardsRoot = new Map<ThreadNode, ThreadNode>();

  add(row: ImapThreadRow): ThreadNode {
    const node = threadNode(row);
    this.nodes.push(node);
    const id = idOf(row);
    if (!this.#byId.has(id)) this.#byId.set(id, node);
    return node;
  }

  /** The node of a Message-ID, or a place for it. */
  named(id: string): ThreadNode {
    const known = this.#byId.get(id);
    if (known) return known;
    const node = threadNode();
    this.nodes.push(node);
    this.#byId.set(id, node);
    return node;
  }

  linkAncestors(ids: readonly string[]): void {
    for (const [index, id] of ids.slice(1).entries()) this.link(this.named(ids[index] ?? id), this.named(id));
  }

  /** A node that has a parent keeps it, and none becomes its own ancestor. */
  link(parent: ThreadNode, child: ThreadNode): void {
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

/** Without Message-IDs, a message answers a place that its conversation has. */
function idOf({ messageId, threadId, uid }: ImapThreadRow): string {
  return messageId ?? `${String(uid)} of ${threadId}`;
}

function ancestorsOf({ references, threadId, messageId }: ImapThreadRow): readonly string[] {
  return messageId === undefined ? [`place of ${threadId}`] : (references ?? []);
}

/** Places where no message is go; a root that is one stays when it holds several together. */
async function withoutEmptyPlaces(root: ThreadNode, rest: Rest): Promise<readonly ThreadNode[]> {
  const order = [root];
  for (const node of order) for (const child of node.children) order.push(child);
  for (const node of order.reverse()) {
    const children = node.children.flatMap((child) => (child.row ? [child] : child.children));
    node.children = children.length > 1 ? [...(await sortByDate(children, rest))] : children;
    await rest();
  }
  return root.row || root.children.length > 1 ? [root] : root.children;
}
