/** `[list]`, as mailing lists put it there; no brackets within. */
const BLOB = /^\[[^[\]]*\][ \t]*/;
const LEADER = /^(?:re|fwd?)[ \t]*(?:\[[^[\]]*\][ \t]*)?:/i;
const TRAILER = /[ \t]*\(fwd\)$/i;
const FORWARDED = /^\[fwd:(.*)\]$/is;

/**
 * What SORT and THREAD know a subject by: without the signs of answers, of what was forwarded, and of lists (RFC 5256
 * 2.1). Each step shortens the text, so that the costs grow with it.
 * @param subject decoded
 */
export function baseSubject(subject: string): string {
  let text = subject.replaceAll(/\s+/gu, ' ').trim();
  for (;;) {
    const before = text;
    text = withoutLeaders(withoutTrailers(text));
    const [, inner] = FORWARDED.exec(text) ?? [];
    if (inner !== undefined) text = inner.trim();
    if (text === before) return text;
  }
}

function withoutTrailers(text: string): string {
  let rest = text;
  while (TRAILER.test(rest)) rest = rest.replace(TRAILER, '');
  return rest.trimEnd();
}

/** Also one blob, unless it is all there is. */
function withoutLeaders(text: string): string {
  let rest = text;
  for (;;) {
    const leader = leaderOf(rest);
    const without = leader > 0 ? rest.slice(leader).trimStart() : rest.replace(BLOB, '');
    if (without === rest || (leader === 0 && without === '')) return rest;
    rest = without;
  }
}

/** Characters of `Re:`, `Fwd:` and their like, and of blobs before them. */
function leaderOf(text: string): number {
  let at = 0;
  for (let blob = BLOB.exec(text); blob; blob = BLOB.exec(text.slice(at))) at += blob[0].length;
  const leader = LEADER.exec(text.slice(at));
  return leader ? at + leader[0].length : 0;
}
