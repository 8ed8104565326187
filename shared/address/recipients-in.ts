import { addressPieces } from './address-pieces';
import { readAddresses } from './read-addresses';

/** What a draft keeps of one recipient (`DraftContent`). */
const MOST_CHARACTERS = 320;

/**
 * The recipients in a text that a person typed or pasted: addresses as they are, and what is none as it was written,
 * so that the person sees it and can mend it.
 */
export const recipientsIn = (text: string): string[] => [
  ...new Set(readAddresses(text).map((entry) => (entry.outcome === 'address' ? entry.address : cut(entry.text)))),
];

/** A token has one line. A quotation mark that is not closed keeps a part of a text from being read as an address. */
const cut = (text: string): string => {
  const line = text.trim().replace(/\s+/gu, ' ');
  const isWhole = line.length <= MOST_CHARACTERS && !/[\r\n]/u.test(text.trim());
  return isWhole ? line : `${line.slice(0, MOST_CHARACTERS - 3)} "…`;
};

/** Whether what is being typed goes on behind an address: a separator, a closed bracket, or the next address. */
export const endsRecipient = (text: string): boolean => {
  const pieces = addressPieces(text);
  const last = pieces.at(-1);
  if (last?.kind === 'end' || last?.kind === 'angle') return true;
  return pieces.length > 1 && pieces.every(({ kind, text: word }) => kind === 'word' && word.includes('@'));
};
