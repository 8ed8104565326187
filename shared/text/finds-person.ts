import { foldText } from './text-folding';

/** The folded words of a text, as search of mail has them: in any order, with any blanks between. */
export const foldedWords = (text: string): string[] =>
  foldText(text)
    .split(/[\s,;]+/u)
    .filter((word) => word !== '');

/** Whether every word that was typed is somewhere in the name or the address of a person; nothing typed finds all. */
export const findsPerson = (person: { readonly name: string; readonly address: string }, typed: string): boolean => {
  const texts = [foldText(person.name), person.address];
  return foldedWords(typed).every((word) => texts.some((text) => text.includes(word)));
};
