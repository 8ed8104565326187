import type { Contact } from '../../../../shared/contact';
import { localPartOf, shortAddress, shortOnion } from '../../../words/address-text';
import type { Naming } from './web';
import { isolated, onOneLine } from '../../../../shared/text/text-direction';

/** Letters of a name, and of a stranger's local part, that stand below a sign. */
const NAME_LETTERS = 18;
const LOCAL_LETTERS = 11;
/** Letters of an onion that tell two strangers of one local part apart at a glance. */
const ONION_LETTERS = 4;

const cut = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
const strangerLabel = (address: string): string =>
  `${cut(localPartOf(address), LOCAL_LETTERS)}@${shortOnion(address).slice(0, ONION_LETTERS)}…`;

/**
 * How people are called in the picture: by the name that the user gave them; others by a short address, which nobody
 * can have chosen freely.
 */
export const namingBy = (contacts: readonly Pick<Contact, 'address' | 'name'>[]): Naming => {
  const names = new Map<string, string>(
    contacts.filter(({ name }) => name !== '').map(({ address, name }) => [address, onOneLine(name)]),
  );
  return {
    nameOf: ({ address, isOwn }) => (isOwn ? 'You' : isolated(names.get(address) ?? shortAddress(address))),
    labelOf: ({ address, isOwn }) => {
      const name = isOwn ? 'You' : names.get(address);
      return name === undefined ? strangerLabel(address) : isolated(cut(name, NAME_LETTERS));
    },
  };
};
