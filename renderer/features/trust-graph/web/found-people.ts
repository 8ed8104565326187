import { findsPerson, foldedWords } from '../../../../shared/text/finds-person';
import { foldText } from '../../../../shared/text/text-folding';
import type { Person } from './web';

/**
 * People whose name or address has the sought words in it, those whose name begins with it first; nobody for an empty
 * text.
 */
export const foundPeople = (people: readonly Person[], text: string): Person[] => {
  const sought = foldText(text.trim());
  if (foldedWords(sought).length === 0) return [];
  const found = people.filter((person) => findsPerson(person, text));
  const begins = ({ name }: Person): number => (foldText(name).startsWith(sought) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other) || one.at - other.at);
};
