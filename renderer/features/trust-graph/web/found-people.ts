import type { Person } from './web';
import { withoutTurns } from '../../../../shared/text-direction';

/**
 * People whose name or address has the sought text in it, those whose name begins with it first; nobody for an empty
 * text.
 */
export const foundPeople = (people: readonly Person[], text: string): Person[] => {
  const sought = text.trim().toLowerCase();
  if (sought === '') return [];
  const found = people.filter(({ name, address }) => name.toLowerCase().includes(sought) || address.includes(sought));
  const begins = ({ name }: Person): number => (withoutTurns(name).toLowerCase().startsWith(sought) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other) || one.at - other.at);
};
