import type { Identity } from '../../../shared/identity';
import { asciiLowerCase } from '../../../shared/address/mailbox-of';
import type { CommandContext } from '../commands/command';
import { UsageError } from '../commands/command';
import { isGiven } from './is-given';

/**
 * The identity a command is about: the one named with `--identity`, or the only one.
 * @throws UsageError when it cannot be told
 */
export async function chooseIdentity({ core, identity }: CommandContext): Promise<Identity> {
  const identities = await core.call('identities.list', {});
  const fitting = identity === undefined ? identities : identities.filter((one) => isNamed(one, identity));
  const [first, ...more] = fitting;
  if (first !== undefined && more.length === 0) return first;
  if (identities.length === 0)
    throw new UsageError('This profile has no identity yet. Create one: posthorn identity create LOCAL');
  throw new UsageError(
    identity === undefined
      ? 'This profile has several identities. Say which with --identity LOCAL or ADDRESS.'
      : 'No identity, or more than one, fits what --identity says.',
  );
}

function isNamed({ address }: Identity, name: string): boolean {
  return isGiven(name, address) || address.split('@')[0] === asciiLowerCase(name.trim());
}
