import type { OnionHost } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Mailbox, Services } from '../mailbox';

/**
 * The onion under which this identity itself can find whoever serves it: its own, or while it is private one of its
 * doors, by the key of somebody admitted. Undefined for one that is private and admits nobody: nothing is published
 * then, and whoever kept asking directories for its own onion would tell those who watch them when this machine is on.
 */
export function ownOnion(
  { onion, onionKeys }: Pick<Services, 'onion' | 'onionKeys'>,
  mailbox: Pick<Mailbox, 'access' | 'identity'>,
): OnionHost | undefined {
  if (!mailbox.access.isPrivate()) return onionOf(mailbox.identity().address);
  const door = mailbox.access.own().find(({ admitted }) => admitted.length > 0);
  const [first] = door?.admitted ?? [];
  if (!door || !first) return undefined;
  const host = onionKeys.onionOf(door.seed);
  onion.authorise({ host, authKey: first.secret });
  return host;
}
