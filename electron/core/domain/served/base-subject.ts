/**
 * The base subject of RFC 5256 2.1 in small letters: without signs of answers and of something forwarded, and without
 * what lists put in brackets before them.
 */
export function baseSubject(subject: string): string {
  let text = subject.replace(/\s+/g, ' ').trim().toLowerCase();
  for (let before = ''; before !== text;) {
    before = text;
    text = withoutWrap(text.replace(/ ?\(fwd\)$/, ''));
    text = text.replace(/^(?:\[[^[\]]*\] ?)*(?:re|fwd?) ?(?:\[[^[\]]*\] ?)?: ?/, '');
    const bare = text.replace(/^\[[^[\]]*\] ?/, '');
    if (bare !== '') text = bare;
  }
  return text.trim();
}

const withoutWrap = (text: string): string => /^\[fwd:(.*)\]$/.exec(text)?.[1]?.trim() ?? text;
