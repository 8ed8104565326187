import type { OnionHost } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Mailbox, Services } from '../mailbox';

/**
 * The onion at which this identity can dial the machine that serves its address: its own onion or, while it is private,
 * a private onion with the key of an admitted contact. Undefined for a private identity without admitted contacts:
 * nothing is published then, and asking the directories for our own onion would show their observers when this machine
 * is on.
 */
export function ownOnion(
  { onion, onionKeys }: Pick<Services, 'onion' | 'onionKeys'>,
  mailbox: Pick<Mailbox, 'access' | 'identity'>,
): OnionHost | undefined {
  if (!mailbox.access.isPrivate()) return onionOf(mailbox.identity().address);
  const privateOnion = mailbox.access.own().find(({ admitted }) => admitted.length > 0);
  const [first] = privateOnion?.admitted ?? [];
  if (!privateOnion || !first) return undefined;
  const host = onionKeys.onionOf(privateOnion.seed);
  onion.authorise({ host, authKey: first.secret });
  return host;
}
