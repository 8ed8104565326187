import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { Mailbox, Services } from '../../mailbox';
import { sendControl } from '../../control/send-control';

/** Messages that are dropped in one commit: each must be short, since nothing else runs meanwhile. */
const AT_ONCE = 20;

/**
 * Deletes mail that is held for a client, who is told how many messages they will not get from us. Throws `disk-full`
 * and `store-damaged`; then a part may be deleted.
 */
export async function dropHeld(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  { agreement, held }: { readonly agreement: Agreement; readonly held: readonly HeldMail[] },
): Promise<void> {
  if (held.length === 0) return;
  const since = held.reduce((earliest, { heldAt }) => Math.min(earliest, heldAt), Infinity);
  // The client is told first: a crash in between tells them twice rather than never.
  sendControl(services, mailbox, {
    to: agreement.peer,
    control: { kind: 'hold.expired', agreementId: agreement.id, count: held.length, since },
  });
  for (let at = 0; at < held.length; at += AT_ONCE) {
    if (at > 0)
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    const ids = held.slice(at, at + AT_ONCE).map(({ id }) => id);
    mailbox.custody.asHolder.dropHeld(ids, { handedOver: false });
  }
}
