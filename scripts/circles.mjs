/**
 * Groups of nodes that reach each other (strongly connected components of more than one node, after Tarjan, SIAM
 * Journal on Computing 1, 1972).
 * @param {Map<string, string[]>} arrows from each node
 * @returns {string[][]} a node that points to itself is a group of one
 */
export function circles(arrows) {
  const search = { arrows, order: new Map(), low: new Map(), path: [], found: [] };
  for (const node of arrows.keys()) if (!search.order.has(node)) visit(search, node);
  return search.found;
}

function visit(search, node) {
  search.order.set(node, search.order.size);
  search.low.set(node, search.order.get(node));
  search.path.push(node);
  for (const target of search.arrows.get(node) ?? []) follow(search, node, target);
  if (search.low.get(node) === search.order.get(node)) close(search, node);
}

function follow(search, node, target) {
  if (!search.order.has(target)) {
    visit(search, target);
    search.low.set(node, Math.min(search.low.get(node), search.low.get(target)));
  } else if (search.path.includes(target)) {
    search.low.set(node, Math.min(search.low.get(node), search.order.get(target)));
  }
}

/** What was visited since `node`, and leads nowhere else, is one group. */
function close(search, node) {
  const group = search.path.splice(search.path.indexOf(node));
  const turnsBack = group.length > 1 || (search.arrows.get(node) ?? []).includes(node);
  if (turnsBack) search.found.push(group);
}
