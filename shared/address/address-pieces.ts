/** What a text of addresses is made of (RFC 5322, 3.4), with what people put between addresses besides commas. */
export type AddressPiece = {
  /**
   * `word`: a run without blanks; `name`: a quoted text alone; `angle`: what stands in `<…>`; `label`: a colon behind
   * a group or a field's name; `end`: a separator; `broken`: a quote, bracket or comment that nothing closes.
   */
  readonly kind: 'word' | 'name' | 'angle' | 'comment' | 'mailto' | 'label' | 'end' | 'broken';
  readonly text: string;
  /** Where it begins and ends in the whole text. */
  readonly from: number;
  readonly to: number;
};

type Rule = { readonly kind: AddressPiece['kind'] | 'blank'; readonly pattern: RegExp };

/** Commas and semicolons of all scripts, line ends, and the tab between the cells of a table. */
const SEPARATORS = ',;\\r\\n\\t\uff0c\u3001\u060c\uff1b\u061b\ufe50\ufe51\ufe54\uff64';
const QUOTED = '"(?:[^"\\\\\\r\\n]|\\\\[^\\r\\n])*"';
/** A name in the quotation marks of print or in single ones, right before its address. */
const PRINTED = `(?:[“„«‹『「][^“”„«»‹›‘’『』「」<>@\\r\\n]{0,200}[”“»›』」]|[‘‚'][^‘’‚'<>@\\r\\n]{0,200}[’‘'])(?=[^\\S\\r\\n]{0,9}<)`;
/** Brackets of East Asian print around an address; around other words they belong to a name. */
const BRACKETED = '[［【〔][^［］【】〔〕<>\\r\\n]*@[^［］【】〔〕<>\\r\\n]*[］】〕]';
const LETTER = `(?!${BRACKETED})[^\\s<>"():：${SEPARATORS}]`;

/**
 * Each takes what it reads or, at the first step, nothing: the cost is in proportion to the text. The first that fits
 * counts.
 */
const RULES: readonly Rule[] = [
  // A header line goes on in the next one when that begins with a blank (RFC 5322, 2.2.3).
  { kind: 'blank', pattern: /\r?\n[ \t]+(?=\S)|[^\S\r\n\t]+/y },
  { kind: 'end', pattern: new RegExp(`[${SEPARATORS}]`, 'y') },
  // «[mailto:bob@…]» of old Outlook.
  { kind: 'blank', pattern: /[[{“„«‘「『【](?=mailto:\S)/iy },
  { kind: 'mailto', pattern: /mailto:(?:(?![,;]mailto:)[^\s<>"\uff0c\u3001\u060c\uff1b])+/iy },
  { kind: 'angle', pattern: /<[^<>]*>/y },
  { kind: 'angle', pattern: new RegExp(BRACKETED, 'y') },
  { kind: 'name', pattern: new RegExp(`${QUOTED}(?!${LETTER})`, 'y') },
  { kind: 'name', pattern: new RegExp(PRINTED, 'y') },
  { kind: 'word', pattern: new RegExp(`(?:${LETTER}|${QUOTED})+`, 'y') },
];

/** Cuts a text into its pieces, in one walk from the front to the end. */
export function addressPieces(written: string): AddressPiece[] {
  const text = written.replace(
    /[\uff02\uff08\uff09\uff0e\uff1c\uff1e\uff20\u2329\u232a\u27e8\u27e9\u3008-\u300b]/g,
    asciiSign,
  );
  const pieces: AddressPiece[] = [];
  for (let from = 0; from < text.length;) {
    const { kind, to } = pieceAt(text, from, pieces.at(-1));
    if (kind !== 'blank') pieces.push({ kind, text: text.slice(from, to), from, to });
    from = to;
  }
  return pieces;
}

type Found = { readonly kind: Rule['kind']; readonly to: number };

function pieceAt(text: string, from: number, before: AddressPiece | undefined): Found {
  if (text[from] === '(') return commentAt(text, from);
  if (text[from] === '：') return { kind: 'label', to: from + 1 };
  if (text[from] === ':') return colonAt(text, from, before);
  for (const { kind, pattern } of RULES) {
    pattern.lastIndex = from;
    if (pattern.test(text)) return { kind, to: endOf(kind, text, pattern.lastIndex) };
  }
  return { kind: 'broken', to: lineEnd(text, from) };
}

/** The comma behind a URI parts it from the next one. */
function endOf(kind: Rule['kind'], text: string, to: number): number {
  let end = to;
  if (kind === 'mailto') while (text[end - 1] === ',' || text[end - 1] === ';') end -= 1;
  return end;
}

/** Comments may hold comments (RFC 5322, 3.2.2). One that does not end in its line is none. */
function commentAt(text: string, from: number): Found {
  let depth = 0;
  let at = from;
  for (; at < text.length && text[at] !== '\n' && text[at] !== '\r'; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return { kind: 'comment', to: at + 1 };
  }
  return { kind: 'broken', to: Math.min(at, text.length) };
}

/** Schemes by which people are named in other networks: their addresses are not ours. */
const SCHEMES = /^(?:xmpp|sips?|acct|im|pres|matrix|irc|ssh|git|ftp|https?|ldaps?|smtp|imap|skype|tel|news)$/i;
/** A group up to its end, which has no other colon. */
const GROUP = /:(?:[^:：;\r\n]|\r?\n[ \t])*;/y;

/** A colon ends a name when a blank follows it, or when its own group is closed; in `xmpp:bob@…` it does not. */
function colonAt(text: string, from: number, before: AddressPiece | undefined): Found {
  const next = text.slice(from + 1, from + 8);
  const isScheme = before?.to === from && SCHEMES.test(before.text);
  const ends = next === '' || /^(?:[\s"<]|mailto:)/i.test(next) || (!isScheme && isGroup(text, from));
  return ends ? { kind: 'label', to: from + 1 } : { kind: 'broken', to: lineEnd(text, from) };
}

function isGroup(text: string, from: number): boolean {
  const group = new RegExp(GROUP);
  group.lastIndex = from;
  return group.test(text);
}

/** Signs of the wide keyboards of East Asia, and the brackets of its print, by what they stand for. */
const WIDE_SIGNS: Readonly<Record<string, string>> = {
  '\uff02': '"',
  '\uff08': '(',
  '\uff09': ')',
  '\uff0e': '.',
  '\uff1c': '<',
  '\uff1e': '>',
  '\uff20': '@',
  '\u2329': '<',
  '\u232a': '>',
  '\u27e8': '<',
  '\u27e9': '>',
  '\u3008': '<',
  '\u3009': '>',
  '\u300a': '<',
  '\u300b': '>',
};
const asciiSign = (sign: string): string => WIDE_SIGNS[sign] ?? sign;

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end < 0 ? text.length : from + end;
}
