import type { OnionHost } from '../../../shared/ids';
import { onionOf } from '../domain/mail-address';
import type { Mailbox, Services } from './services';

/** The onion under which this identity itself can find whoever serves it: its own, or while it is private one of its doors, by the key of somebody admitted. */
export function ownEntrance({ onion, onionKeys }: Pick<Services, 'onion' | 'onionKeys'>, { identity, mail }: Pick<Mailbox, 'identity' | 'mail'>): OnionHost {
  const door = mail.isPrivate() ? mail.ownDoors().find(({ admitted }) => admitted.length > 0) : undefined;
  const [first] = door?.admitted ?? [];
  if (!door || !first) return onionOf(identity().address);
  const host = onionKeys.onionOf(door.seed);
  onion.authorise({ host, authKey: first.secret });
  return host;
}
