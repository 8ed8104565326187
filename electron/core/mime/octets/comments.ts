/**
 * A header value with a space in the place of each comment (RFC 5322 3.2.2); what stands in quotes is none. A
 * parenthesis that is never closed is a character like any other.
 */
export function withoutComments(value: string): string {
  if (!value.includes('(')) return value;
  const kept: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === '(' && !quoted) {
      const end = commentEnd(value, at);
      if (end < 0) break;
      kept.push(value.slice(from, at), ' ');
      from = end;
      at = end - 1;
    }
  }
  return [...kept, value.slice(from)].join('');
}

/** Behind the parenthesis that closes the comment, or -1. Comments stand in comments. */
function commentEnd(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}
