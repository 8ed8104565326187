import { PosthornError } from '../../../../shared/errors';
import type { IdentityColour } from '../../../../shared/identity';
import type { Vault, VaultIdentity } from '../../ports/vault';
import { createIdentity } from '../profile/create-identity';
import type { Mailbox, Services } from '../mailbox';

/**
 * The onion seed as 24 words, to be written on paper: who has them has the address, but neither the OpenPGP key nor any
 * mail.
 */
export function paperKey(
  { onionKeys }: Pick<Services, 'onionKeys'>,
  { identity }: Pick<Mailbox, 'identity'>,
): { words: string[] } {
  return { words: onionKeys.toWords(identity().onionSeed) };
}

/**
 * An identity with the address of a paper key and a new OpenPGP key, certified now and so newer than every
 * certification before. Throws `invalid-call` for words that are none, and for an address that is in the profile.
 */
export function restoreFromPaper(
  services: Pick<Services, 'clock' | 'random' | 'pgp' | 'onionKeys'>,
  vault: Vault,
  { words, ...o }: { words: string; localPart: string; label: string; colour: IdentityColour },
): Promise<VaultIdentity> {
  const onionSeed = services.onionKeys.fromWords(words);
  if (onionSeed === undefined) {
    throw new PosthornError(
      'invalid-call',
      'These are not the 24 words of a paper key. Compare each word with the paper; nothing was changed.',
    );
  }
  const onion = services.onionKeys.onionOf(onionSeed);
  if (vault.identities().some(({ address }) => address.endsWith(`@${onion}`))) {
    throw new PosthornError(
      'invalid-call',
      'The address of this paper key is in the profile already. Nothing was changed.',
    );
  }
  return createIdentity(services, vault, { ...o, restored: { onionSeed } });
}
