import type { Mailbox, Services } from '../mailbox';

/**
 * The onion seed as 24 words, to be written on paper: a person with these words has the address, but neither the
 * OpenPGP key nor any mail.
 */
export function paperKey(
  { onionKeys }: Pick<Services, 'onionKeys'>,
  { identity }: Pick<Mailbox, 'identity'>,
): { words: string[] } {
  return { words: onionKeys.toWords(identity().onionSeed) };
}
