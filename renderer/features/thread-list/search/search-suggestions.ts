import type { Contact } from '../../../../shared/contact';
import { operatorOf } from '../../../../shared/search/operator-names';
import type { OperatorName } from '../../../../shared/search/operator-names';
import { foldText } from '../../../../shared/text/text-folding';
import { localPartOf, personName, shortAddress } from '../../../words/address-text';
import { folderName, FOLDERS } from '../../../words/folder-words';

/** One thing that can stand where the person types. */
export type SearchSuggestion = {
  readonly id: string;
  /** What takes the place of the word that is being typed. */
  readonly text: string;
  readonly shown: string;
  readonly note: string;
};

/** The word that the caret stands in, without a sign or a bracket before it. */
export type TypedWord = { readonly from: number; readonly word: string };

const MOST = 8;

/** What each operator is for, in the order in which they are offered. */
const OPERATORS: readonly (readonly [OperatorName, string])[] = [
  ['from', 'who wrote it'],
  ['to', 'whom it was written to'],
  ['subject', 'a word of the subject'],
  ['has', 'with files'],
  ['is', 'unread, flagged, verified, answered'],
  ['in', 'a mailbox'],
  ['before', 'a day, such as 2026-11-30, or last week'],
  ['after', 'a day, or 7d for the last seven'],
  ['on', 'a day, a month or a year'],
  ['filename', 'the name of a file'],
  ['larger', 'a size, such as 5MB'],
  ['smaller', 'a size'],
  ['cc', 'who got a copy'],
];

const DATES = ['today', 'yesterday', 'last-week', 'last-month', '7d', '30d', '1y'];
const SIZES = ['100KB', '1MB', '5MB', '20MB'];

/** What may follow an operator. */
const VALUES: Readonly<Partial<Record<OperatorName, readonly string[]>>> = {
  has: ['attachment'],
  is: ['unread', 'flagged', 'answered', 'verified', 'own'],
  in: FOLDERS.map((folder) => folderName[folder].toLowerCase()),
  before: DATES,
  after: DATES,
  on: DATES,
  larger: SIZES,
  smaller: SIZES,
};

/** The word before the caret; a quotation mark that is open keeps its blanks. */
export const typedWord = (text: string, caret: number): TypedWord => {
  const typed = text.slice(0, caret);
  const isQuoted = (typed.match(/"/gu) ?? []).length % 2 === 1;
  const begun = isQuoted ? typed.slice(0, typed.lastIndexOf('"')) : typed;
  const from = /[^\s(]*$/u.exec(begun)?.index ?? 0;
  const sign = /^[-−–]/u.test(typed.slice(from)) ? 1 : 0;
  return { from: from + sign, word: typed.slice(from + sign) };
};

/** What is offered for the word that is being typed; operators alone when nothing is. */
export const searchSuggestions = (word: string, contacts: readonly Contact[]): readonly SearchSuggestion[] => {
  const [, typed = '', value = ''] = /^([^\s:："]+[:：])"?(.*)$/u.exec(word) ?? [];
  const operator = typed === '' ? undefined : operatorOf(typed.slice(0, -1));
  if (operator !== undefined) return valuesOf({ operator, typed, value }, contacts).slice(0, MOST);
  const sought = foldText(word);
  const operators = OPERATORS.filter(([name]) => name.startsWith(sought) || operatorOf(word) === name).map(
    ([name, note]) => ({ id: name, text: `${name}:`, shown: `${name}:`, note }),
  );
  const people = sought.length < 2 ? [] : peopleFor('from:', sought, contacts);
  return [...operators, ...people].slice(0, MOST);
};

/** The text and the caret after a suggestion was taken; what stands behind stays. */
export const withSuggestion = (
  text: string,
  caret: number,
  suggestion: SearchSuggestion,
): { readonly text: string; readonly caret: number } => {
  const before = `${text.slice(0, typedWord(text, caret).from)}${suggestion.text}`;
  const after = text.slice(caret);
  const gap = suggestion.text.endsWith(':') || after.startsWith(' ') ? '' : ' ';
  return { text: `${before}${gap}${after}`, caret: before.length + (suggestion.text.endsWith(':') ? 0 : 1) };
};

type Typed = { readonly operator: OperatorName; readonly typed: string; readonly value: string };

const valuesOf = ({ operator, typed, value }: Typed, contacts: readonly Contact[]): readonly SearchSuggestion[] => {
  const sought = foldText(value);
  if (operator === 'from' || operator === 'to' || operator === 'cc') return peopleFor(typed, sought, contacts);
  return (VALUES[operator] ?? [])
    .filter((one) => one.startsWith(sought.trim()) && one !== value.trim())
    .map((one) => ({ id: `${operator}-${one}`, text: `${typed}${one}`, shown: `${typed}${one}`, note: '' }));
};

const peopleFor = (typed: string, sought: string, contacts: readonly Contact[]): readonly SearchSuggestion[] =>
  contacts
    .filter(({ name, address }) =>
      [...foldText(name).split(/\s+/u), foldText(name), address].some((word) => word !== '' && word.startsWith(sought)),
    )
    .map((contact) => ({
      id: `person-${contact.id}`,
      text: `${typed}${quotedName(contact)}`,
      shown: `${typed} ${personName(contact)}`,
      note: shortAddress(contact.address),
    }))
    // Whom two identities know by one name is one suggestion.
    .filter(({ text }, at, all) => all.findIndex((other) => other.text === text) === at)
    .slice(0, MOST);

/** A name in quotation marks is one thing; who has none is known by the local part. */
const quotedName = ({ name, address }: Contact): string => {
  const plain = name.replaceAll(/["“”„‟«»]/gu, ' ').trim();
  if (plain === '') return localPartOf(address);
  return /^[\p{L}\p{N}]+$/u.test(plain) ? plain : `"${plain}"`;
};
