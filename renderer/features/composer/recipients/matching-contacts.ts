import { foldedWords } from '../../../../shared/text/finds-person';
import { foldText } from '../../../../shared/text/text-folding';
import type { Contact } from '../../../../shared/contact';

const MOST = 6;

/** Each typed word begins one of the name's, in any order. */
const beginWords = (name: string, sought: string): boolean => {
  const [words, typedWords] = [foldedWords(name), foldedWords(sought)];
  return typedWords.length > 0 && typedWords.every((typed) => words.some((word) => word.startsWith(typed)));
};

/** Contacts whose name or address has words that begin with those typed; names that begin so come first. */
export const matchingContacts = (contacts: readonly Contact[], typed: string): readonly Contact[] => {
  const sought = foldText(typed.trim());
  if (sought === '') return [];
  const rank = (contact: Contact): number => {
    const name = foldText(contact.name);
    if (name.startsWith(sought)) return 0;
    if (contact.address.startsWith(sought)) return 1;
    if (beginWords(name, sought)) return 2;
    // Not anywhere in the onion: any two letters are somewhere in 56 of them.
    const [local = '', onion = ''] = contact.address.split('@');
    return name.includes(sought) || local.includes(sought) || onion.startsWith(sought) ? 3 : 4;
  };
  return contacts
    .map((contact) => ({ contact, rank: rank(contact) }))
    .filter((found) => found.rank < 4)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map((found) => found.contact);
};
