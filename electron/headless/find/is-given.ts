import { asciiLowerCase, isSameMailbox } from '../../../shared/address/mailbox-of';
import { readAddresses } from '../../../shared/address/read-addresses';

/** The address that somebody typed, read as everywhere else; undefined for a text that is none, or several. */
export function readGiven(text: string): string | undefined {
  const [only, ...others] = readAddresses(text);
  return only?.outcome === 'address' && others.length === 0 ? only.address : undefined;
}

/** Whether somebody typed this address, with or without capitals, a tag, brackets or `mailto:`. */
export function isGiven(text: string, address: string): boolean {
  return isSameMailbox(readGiven(text) ?? asciiLowerCase(text.trim()), address);
}
