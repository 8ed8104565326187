import { foldText } from '../../../../shared/text/text-folding';
import type { Person } from './web';

/**
 * People whose name or address has the sought text in it, those whose name begins with it first; nobody for an empty
 * text.
 */
export const foundPeople = (people: readonly Person[], text: string): Person[] => {
  const sought = foldText(text.trim());
  if (sought === '') return [];
  const found = people.filter(({ name, address }) => foldText(name).includes(sought) || address.includes(sought));
  const begins = ({ name }: Person): number => (foldText(name).startsWith(sought) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other) || one.at - other.at);
};
