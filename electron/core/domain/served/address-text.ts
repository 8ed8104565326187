import { isBlank, trimBlanks } from './blanks';
import { commentEnd, quoteEnd, unquoted } from './structured-field';
import { stringText, textOrNil } from './response-text';

/** Words and signs of an address list; `word`: text that says something, of a quoted string without its quotes. */
type Token = { readonly kind: 'word' | 'sign' | 'comment'; readonly text: string; readonly isApart: boolean };

type Reading = { readonly written: string[]; tokens: Token[]; isInGroup: boolean; isInAngle: boolean };

const SIGNS = '<>@,;:';
const WORD = /[^\t\n\v\f\r <>@,;:"([\\]+|\\[^]?/y;

/**
 * The value of an address field as ENVELOPE has it (RFC 9051 7.5.2): `NIL` for none, groups with a line at their
 * beginning and end, encoded words as they came. Whatever stands there gives a list of the right form; an address
 * without a domain has an empty one, since NIL would make it a group.
 */
export function addressText(field: string | undefined): string {
  const reading: Reading = { written: [], tokens: [], isInGroup: false, isInAngle: false };
  for (const token of tokensOf(field ?? '')) take(reading, token);
  endAddress(reading);
  if (reading.isInGroup) endGroup(reading);
  return reading.written.length === 0 ? 'NIL' : `(${reading.written.join('')})`;
}

function take(reading: Reading, token: Token): void {
  const sign = token.kind === 'sign' ? token.text : '';
  if (sign !== '' && !reading.isInAngle && ',;:'.includes(sign)) divide(reading, sign);
  else {
    reading.isInAngle = sign === '<' || (reading.isInAngle && sign !== '>');
    reading.tokens.push(token);
  }
}

function divide(reading: Reading, sign: string): void {
  if (sign === ':') {
    beginGroup(reading);
    return;
  }
  endAddress(reading);
  if (sign === ';' && reading.isInGroup) endGroup(reading);
}

function beginGroup(reading: Reading): void {
  if (reading.isInGroup) endGroup(reading);
  reading.written.push(`(NIL NIL ${stringText(phraseOf(reading.tokens))} NIL)`);
  reading.tokens = [];
  reading.isInGroup = true;
}

function endGroup(reading: Reading): void {
  reading.written.push('(NIL NIL NIL NIL)');
  reading.isInGroup = false;
}

function endAddress(reading: Reading): void {
  const { tokens } = reading;
  reading.tokens = [];
  reading.isInAngle = false;
  if (!tokens.some(({ kind }) => kind !== 'comment')) return;
  const angle = tokens.findIndex(({ kind, text }) => kind === 'sign' && text === '<');
  const comment = tokens.find(({ kind }) => kind === 'comment')?.text;
  const phrase = angle < 0 ? '' : phraseOf(tokens.slice(0, angle));
  const name = phrase === '' ? comment : phrase;
  const { route, mailbox, host } = partsOf(angle < 0 ? tokens : tokens.slice(angle + 1));
  reading.written.push(`(${textOrNil(name)} ${textOrNil(route)} ${stringText(mailbox)} ${stringText(host)})`);
}

/** Local part and domain at the last `@`, and the route before them, which nobody writes any more. */
function partsOf(tokens: readonly Token[]): { route?: string; mailbox: string; host: string } {
  const spec = tokens.filter(({ kind, text }) => kind !== 'comment' && text !== '>' && text !== '<');
  const colon = lastSign(spec, ':');
  const address = spec.slice(colon + 1);
  const at = lastSign(address, '@');
  const local = at < 0 ? address : address.slice(0, at);
  return {
    ...(colon > 0 ? { route: joined(spec.slice(0, colon)) } : {}),
    mailbox: at < 0 ? phraseOf(local) : joined(local),
    host: at < 0 ? '' : joined(address.slice(at + 1)),
  };
}

const lastSign = (tokens: readonly Token[], sign: string): number =>
  tokens.map(({ kind, text }) => (kind === 'sign' ? text : '')).lastIndexOf(sign);

const joined = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('');

/** Words with one blank where some white space was. */
function phraseOf(tokens: readonly Token[]): string {
  return tokens
    .filter(({ kind }) => kind !== 'comment')
    .map(({ text, isApart }, index) => (index > 0 && isApart ? ` ${text}` : text))
    .join('');
}

function* tokensOf(text: string): Generator<Token> {
  let isApart = false;
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (isBlank(character)) {
      isApart = true;
      at += 1;
      continue;
    }
    const { token, end } = tokenAt(text, at);
    yield { ...token, isApart };
    isApart = false;
    at = end;
  }
}

function tokenAt(text: string, at: number): { readonly token: Omit<Token, 'isApart'>; readonly end: number } {
  const character = text[at] ?? '';
  if (SIGNS.includes(character)) return { token: { kind: 'sign', text: character }, end: at + 1 };
  if (character === '"') {
    const end = quoteEnd(text, at);
    return { token: { kind: 'word', text: unquoted(text.slice(at + 1, end)) }, end: end + 1 };
  }
  if (character === '(') {
    const end = commentEnd(text, at);
    return { token: { kind: 'comment', text: trimBlanks(unquoted(text.slice(at + 1, end))) }, end: end + 1 };
  }
  if (character === '[') {
    const close = text.indexOf(']', at);
    const end = close < 0 ? text.length : close + 1;
    return { token: { kind: 'word', text: text.slice(at, end) }, end };
  }
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0] ?? character;
  return { token: { kind: 'word', text: word }, end: at + word.length };
}
