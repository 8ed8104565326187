/** What lists put before a subject, and behind it one sign of an answer or of something forwarded. */
const LEADER = /^(?:\[[^[\]]*\] ?)*(?:re|fwd?) ?(?:\[[^[\]]*\] ?)?: ?/;
const LISTS = /^(?:\[[^[\]]*\] ?)+/;
const TRAILER = '(fwd)';
const WRAP = '[fwd:';

/**
 * The base subject of RFC 5256 2.1 in small letters: without signs of answers and of something forwarded, and without
 * what lists put in brackets before them. The cost grows as the subject, which a stranger may fill with signs: a text
 * is cut and not copied, and each pattern begins where the last one has ended.
 */
export function baseSubject(subject: string): string {
  let text = subject.replace(/\s+/g, ' ').trim().toLowerCase();
  for (let length = -1; length !== text.length;) {
    ({ length } = text);
    text = withoutLists(withoutLeaders(withoutWrap(withoutTrailers(text))));
  }
  return text.trim();
}

function withoutTrailers(text: string): string {
  let end = text.length;
  while (text.endsWith(TRAILER, end)) {
    end -= TRAILER.length;
    if (text[end - 1] === ' ') end -= 1;
  }
  return text.slice(0, end);
}

function withoutWrap(text: string): string {
  return text.startsWith(WRAP) && text.endsWith(']') ? text.slice(WRAP.length, -1).trim() : text;
}

function withoutLeaders(text: string): string {
  let rest = text;
  for (let leader = LEADER.exec(rest); leader; leader = LEADER.exec(rest)) rest = rest.slice(leader[0].length);
  return rest;
}

/** A subject that is nothing but brackets keeps the last. */
function withoutLists(text: string): string {
  const lists = LISTS.exec(text)?.[0] ?? '';
  return lists.length < text.length ? text.slice(lists.length) : text.slice(Math.max(0, text.lastIndexOf('[')));
}
