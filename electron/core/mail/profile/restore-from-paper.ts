import { PosthornError } from '../../../../shared/errors';
import type { IdentityColour } from '../../../../shared/identity';
import { onionOf } from '../../domain/mail-address';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';
import { createIdentity } from './create-identity';

/**
 * Makes an identity with the address of a paper key and a new OpenPGP key, certified now and so newer than every
 * certification before. Throws `invalid-call` for words that are no paper key, and for an address that is in the
 * profile.
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
  if (vault.identities().some(({ address }) => onionOf(address) === onion)) {
    throw new PosthornError(
      'invalid-call',
      'The address of this paper key is in the profile already. Nothing was changed.',
    );
  }
  return createIdentity(services, vault, { ...o, restored: { onionSeed } });
}
